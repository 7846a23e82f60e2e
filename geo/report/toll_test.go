package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// How many came to harm, by what the sentences count and whom they name. The
// sentences are ours.
func TestTolls(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"a house number", "A shooting at 211-40 Birch Avenue hurt two men.", "_ _ _ / 2 2 2"},
		{"a telephone", "Two men were wounded in a shooting. Call 555-0142 with what you know.", "_ _ _ / 2 2 2"},
		{"a weapon", "A guard shot and killed two men with an AR-15.", "2 2 2 / _ _ _"},
		{"a range", "A bombing killed 10-12 people.", "10 _ 12 / _ _ _"},
		{"ages", "Three women, ages 20 to 35, were wounded in a shooting.", "_ _ _ / 3 3 3"},
		{"an age before the verb", "Gunmen opened fire. Lyn Roe, 30; Ben Lum, 41; and Cy Dane, 52 all died there before anyone could come to help.", "3 3 3 / _ _ _"},
		{"a picture of many", "A shooting killed a man. Photo 3 of 14 A victim was killed.", "1 1 1 / _ _ _"},
		{"few are no count", "A shooting killed a man. Few died like that.", "1 1 1 / _ _ _"},
		{"the life of", "A shooting claimed the life of 4-year-old Ada Roe.", "1 1 1 / _ _ _"},
		{"succumbed", "A boy was shot on Monday. He succumbed to his injuries.", "1 1 1 / _ _ _"},
		{"shot on a day and died", "The two were shot on Friday morning and died there.", "2 2 2 / _ _ _"},
		{"the third to die", "A third victim of the shooting has died.", "3 3 3 / _ _ _"},
		{"a woman and her family", "A woman shot and killed her daughter and two grandchildren before turning the gun on herself.", "4 4 _ / _ _ _"},
		{"one of several shot", "Ada Roe was one of four teenagers who were shot on Monday.", "_ _ _ / 4 4 4"},
		{"one of several died", "Three men were shot on Monday. One of the three men died.", "1 1 1 / 2 2 2"},
		{"victims of a shooting", "Four people were shot. Two of the four shooting victims died.", "2 2 2 / 2 2 2"},
		{"set off by commas", "Two victims, a 25-year-old Alton man and a 26-year-old Alton man, died in the shooting.", "2 2 2 / _ _ _"},
		{"a pronoun is one", "The singer was with his two sisters on the night he was killed in a shooting.", "1 1 1 / _ _ _"},
		{"by the last name", "Omar Pell, 17, was hit in a shooting. Pell, of the 1600 block of Elm Street, was later pronounced dead.", "1 1 1 / _ _ _"},
		{"by the last name and but", "Omar Pell cleaned a gun and it went off in a shooting. Pell was rushed to a clinic, but died the next day.", "1 1 1 / _ _ _"},
		{"who died", "A gun went off in a shooting, hitting Omar Pell, 17, who died.", "1 1 1 / _ _ _"},
		{"a murder and suicide", "A man shot his wife and child before killing himself in a murder-suicide.", "3 3 _ / _ _ _"},
		{"the doer besides", "Four people were killed by a man in a shooting before the gunman was killed by guards.", "5 5 _ / _ _ _"},
		{"months are no persons", "Omar Pell, who was to marry in five months with his girlfriend there, died in a shooting.", "1 1 1 / _ _ _"},
		{"a code is no count", "Two men were wounded in a shooting; call 195682521 if you know more, they were hurt.", "_ _ _ / 2 2 2"},
		{"what several did together", "A shooting on Elm Street wounded four men. They were among nine people wounded in shootings across the city.", "_ _ _ / 4 4 4"},
		{"several by number", "Two men were wounded in a shooting on Monday. Police said 13 people were wounded in five separate shootings.", "_ _ _ / 2 2 2"},
		{"only what several did", "Air raids killed a dozen people. Twelve died in three separate raids.", "12 12 12 / _ _ _"},
		{"struck by a bullet", "A gun went off in a shooting and a bullet struck the girl in the chest.", "_ _ _ / 1 1 1"},
		{"struck without a gun", "A shooting hurt two men. Five people were struck by the news.", "_ _ _ / 2 2 2"},
		{"a wound", "A shooting on Monday. Police found a woman with a bullet wound.", "_ _ _ / 1 1 1"},
		{"taken to a hospital by its name", "A shooting on Monday. The five were rushed to Saint Ann Medical Center.", "_ _ _ / 5 5 5"},
		{"taken to jail", "A shooting hurt two men. Three people were taken to jail.", "_ _ _ / 2 2 2"},
		{"shot himself by mistake", "A guard is back home after shooting himself in a shooting on Monday.", "_ _ _ / 1 1 1"},
		{"could not save", "A girl was hit by a bullet in a shooting. Doctors could not save her.", "1 1 1 / _ _ _"},
		{"in critical condition", "A man is accused of a shooting on Monday. His nephew is in critical condition.", "_ _ _ / 1 1 1"},
		{"the deaths of several", "A church mourns the deaths of a pastor, his wife and their three children in a shooting on Monday.", "5 5 5 / _ _ _"},
		{"the eighth of the year", "A shooting killed a boy. The boy is the eighth child to be killed this year.", "1 1 1 / _ _ _"},
		{"the third and the doer", "A guard shot four people in a shooting and then himself. A third victim died.", "4 4 _ / 1 1 1"},
		{"the doer as a pronoun", "Four people were killed by a man in a shooting before he was shot dead by police.", "5 5 _ / _ _ _"},
		{"the doer's children", "Both boys were dead after the shooting. The father took his own life.", "3 3 _ / _ _ _"},
		{"only himself", "A boy was killed in a shooting. The boy fatally shot himself.", "1 1 1 / _ _ _"},
		{"suspect dead", "Five Murdered In Alton Shooting; Suspect Dead\n\nPolice told of it at a briefing in the town hall on Monday.", "6 6 _ / _ _ _"},
		{"who else the object is told with", "A man shot and killed his daughter in a shooting, then blamed it on her sister, the police and others.", "1 1 1 / _ _ _"},
		{"one who is two things", "A man is wanted in the shooting death of Omar Pell, a neighbour and friend, who had sung.", "1 1 1 / _ _ _"},
		{"one child again", "A shooting kills 1 child and police look for a woman in the fatal shooting of a child.", "1 1 1 / _ _ _"},
		{"some of hers", "A man was held in the fatal shooting of a woman and two of her children.", "3 3 3 / _ _ _"},
		{"one of them, a male", "Four people were hurt in a shooting. One of the victims, a male, has died.", "1 1 1 / 4 4 4"},
		{"his death", "A shooting on Monday. Police said that his death was an accident.", "1 1 1 / _ _ _"},
		{"a shooting death", "Police look into a shooting death on Monday.", "1 1 1 / _ _ _"},
		{"bodies of several", "In the attack on Monday rescuers recovered the bodies of Omar Pell, Ada Roe and Ben Lum.", "3 3 3 / _ _ _"},
		{"the body of one", "Police found the body of a woman after the shooting on Monday.", "1 1 1 / _ _ _"},
		{"the year's", "Two men were wounded in a shooting. At least 242 people have been wounded so far this year.", "_ _ _ / 2 2 2"},
		{"broken down", "Six people, three men and three women, were wounded in a shooting on Monday.", "_ _ _ / 6 6 6"},
		{"who shot at birds", "A father and his son were shooting pigeons when a shooting hurt a boy.", "_ _ _ / 1 1 1"},
		{"who told of it", "Her mother and a friend told them the child had been hit by a bullet in a shooting.", "_ _ _ / 1 1 1"},
		{"both of his legs", "A boy was shot in both of his legs in a shooting on Monday.", "_ _ _ / 1 1 1"},
		{"a channel that opens a sentence", "A shooting hurt two men. News 12 is told that they were shot in the legs.", "_ _ _ / 2 2 2"},
		{"a telephone's letters", "Two men were hurt in a shooting; whoever was hurt too may call 574-LMPD (5673) now.", "_ _ _ / 2 2 2"},
		{"two ages in one", "A 16 and 17-year-old were shot in a shooting on Monday; two boys were hurt.", "_ _ _ / 2 2 2"},
		{"other things", "A man was hurt in a shooting on Monday. Bullets struck the two other vehicles.", "_ _ _ / 1 1 1"},
		{"he and others", "A shooting on Monday. He was speaking when he and eight others were killed.", "9 9 9 / _ _ _"},
		{"kin by marriage", "A man shot and killed his mother-in-law, two brothers-in-law and a half-sister in a shooting on Monday.", "4 4 4 / _ _ _"},
		{"the doer among them", "Three people died in a shooting, including the gunman, who was killed by guards.", "3 3 3 / _ _ _"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{tc.want}, tolls(t, tc.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
