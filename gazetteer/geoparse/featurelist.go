package geoparse

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
	recLeftPlain      // behind a capitalised everyday word inside its sentence: "United Russia"
	recLeftOf         // behind "of" and a capitalised word that is no kind of place: "Sun News of Myrtle Beach"
	recFeatures       // how many there are
)

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
	resPopulation // decimal logarithm of its population
	resKnown      // decimal logarithm of the number of its names
	resState      // a country
	resDivision   // a first-level division
	resDistrict   // a second-level division
	resCapital    // a capital
	resSeat       // the seat of a first-level division
	resOwnName    // matched by its own name
	resArticle    // a settlement of one word behind "the"
	resInitials   // the name stands in capitals and is no abbreviation of it
	resWide       // a water, a continent or a named region
	resFeatures
)

// Features of an answer, which say how sure it is.
const (
	conBias          = iota // always
	conReading              // log-odds of the reading among its rivals, from -3 to 6
	conPlace                // log-odds of being a place at all, from -2 to 8
	conSum                  // log-odds of both together, from -3 to 6
	conRivals               // logarithm of the number of readings
	conDemonym              // a demonym
	conEmbedded             // inside a longer name
	conMetonym              // stands for a government
	conCountry              // the reading is a country
	conRegion               // the reading is a first-level division or a named region
	conSettlement           // the reading is a settlement
	conChain                // the text names a container that holds the reading
	conNear                 // nearness to the other names
	conSameCountry          // share of the other names in its country
	conSameAdmin1           // share of the other names in its first-level division
	conOften                // logarithm of how often the text has the name
	conCased                // in a text or headline without the usual capitals
	conCapitalBeside        // beside a capitalised word of another kind
	conEveryday             // an everyday word, a given or a family name
	conLocative             // behind a preposition of place, or bent by a locative
	conPrior                // how well known the reading is, over 10
	conMissingAdmin1        // settlement whose first-level division the text does not name
	conAlone                // no other name speaks for or against it
	conRival                // log-odds of the reading against the next one, up to 6
	conLeftPlain            // behind a capitalised everyday word or "of" and a capitalised one
	conContainer            // is the container of a name beside it
	conKindWord             // "X province", "the city of X"
	conSeveralWords         // the name has several words
	conPerson               // the text has a person of this name, or a person's words beside it
	conFrom                 // behind "from", "to", "of" and the like
	conPossessive           // "X's"
	conOneReading           // the gazetteer has no other reading
	conOwnName              // matched by its own name
	conSmall                // smaller than a town of 10,000 people
	conFeatures
)
