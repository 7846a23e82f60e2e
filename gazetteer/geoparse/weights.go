package geoparse

// The weights of the parser, all in one place. Those of a name's recognition
// are log-odds that it is a place at all; those of a candidate are added to its
// score, of which a softmax over the candidates of a name makes probabilities.
// They are rough on purpose and hold for news at large.

// Features that say whether a name found in the text is a place.
const (
	recBias           = iota
	recPrior          // prior of the best candidate, over 10
	recArea           // best candidate is a country, a first-level division or a named region
	recCapitalCity    // best candidate is a capital
	recPrimary        // matched by its own name
	recAbbreviation   // matched by an abbreviation
	recSeveralWords   // the name has several words
	recFirst          // first word of its sentence
	recCommon         // an everyday word
	recGiven          // a given name
	recFamily         // a family name
	recIn             // behind "in", "near", ...
	recFrom           // behind "from", "to", ...
	recOf             // behind "of", "and", ...
	recChain          // has a container beside it: "X, Y"
	recContainer      // is the container of a name beside it
	recKindWord       // "X province", "the city of X"
	recLocative       // bent by a locative
	recLeftTitle      // behind a person's title
	recLeftGiven      // behind a given name or an initial
	recLeftCapital    // behind a capitalised word of another kind
	recRightFamily    // before a family name
	recRightCapital   // before a capitalised word of another kind
	recRightHead      // before a word that makes an organisation
	recPersonCue      // before "who", ", 19,"
	recSay            // before "said"
	recPossessive     // "X's"
	recPersonBefore   // the text has a person of this name
	recLowerElsewhere // the text has the word in lower case
	recTitleCase      // in a headline
	recUpperCase      // in a text of capitals
	recLowerCase      // in a text without capitals
	recDateline       // in the dateline
	recElsewhere      // the text has the name as a sure place elsewhere
	recHyphen         // joined by a hyphen to a name that is no place
	recLoose          // matched only without its article
	recCode           // a bare code of two letters that stands behind no town
	recArticle        // a settlement of one word behind "the"
	recFolk           // "a Concord man"
	recTitle          // a title itself
	recFeatures       // how many there are
)

var recognitionWeights = [recFeatures]float64{
	recBias: -1.6, recPrior: 3.0, recArea: 1.1, recCapitalCity: 1.0, recPrimary: 0.4, recAbbreviation: -0.2,
	recSeveralWords: 1.2, recFirst: -0.5, recCommon: -2.1, recGiven: -1.2, recFamily: -0.9,
	recIn: 1.9, recFrom: 0.9, recOf: 0.4, recChain: 2.6, recContainer: 2.4, recKindWord: 2.2, recLocative: 1.2,
	recLeftTitle: -4.0, recLeftGiven: -3.3, recLeftCapital: -0.5, recRightFamily: -2.4, recRightCapital: -0.9, recRightHead: 0.2,
	recPersonCue: -2.5, recSay: -1.0, recPossessive: -0.2, recPersonBefore: -2.4, recLowerElsewhere: -0.9,
	recTitleCase: -0.8, recUpperCase: -0.5, recLowerCase: -0.8, recDateline: 2.5, recElsewhere: 1.5, recHyphen: -0.8, recCode: -2.5, recArticle: -1.0, recFolk: 1.2, recTitle: -3, recLoose: -0.6,
}

// Features of a candidate.
const (
	resPrior      = iota
	resChain      // the text names a container that holds it
	resCountry    // share of the other names' weight in its country
	resAdmin1     // share of the other names' weight in its first-level division
	resAncestor   // the text names its country, or its division
	resNear       // nearness to the other names, 0 to 1
	resHint       // in the country that the caller hints at
	resHome       // nearness to the outlet's home, 0 to 1
	resHomeAdmin1 // in the first-level division of the outlet's home
	resKind       // is of the kind that the text says
	resNotKind    // is not
	resSettlement // a settlement
	resMinor      // a street, quarter or site whose town the text does not name
	resDateline   // nearness to the dateline, 0 to 1
	resTwin       // a division of which a town of the same name is the seat
	resFeatures
)

var resolutionWeights = [resFeatures]float64{
	resPrior: 0.9, resChain: 5, resCountry: 3.2, resAdmin1: 3.8, resAncestor: 1.2, resNear: 3.8,
	resHint: 3, resHome: 1.5, resHomeAdmin1: 2.0, resKind: 0.5, resNotKind: -1.5, resSettlement: 0.8,
	resMinor: -1.1, resDateline: 0.6, resTwin: -1.8,
}

// Bars and scales.
const (
	recognitionBar   = 0    // log-odds from which a name is a place
	embeddedBar      = -0.5 // the same for a name inside a longer one
	answerBar        = 0.1  // confidence under which a place is not answered
	confidenceShift  = 0.5  // added to the log-odds of a place that was accepted
	calibrationSlope = 0.75 // of the log-odds of an answer
	calibrationShift = -0.25
	nearScaleM       = 150_000
	homeScaleM       = 80_000
	rounds           = 3 // of resolving all names with the others' answers
	maxCandidates    = 30
	maxPoints        = 120 // readings of other names that one is compared with
)
