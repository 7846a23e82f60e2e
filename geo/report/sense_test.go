package report_test

import (
	"slices"
	"testing"

	"dateline/geo"
)

// What a sentence tells depends on what stands around its trigger.
func TestSenseInContext(t *testing.T) {
	reader := newReader(t)
	for _, tc := range []struct{ name, text, want string }{
		{"a place that tells a gang's name is not captured", "Juan Perez, the alleged banker of the Medellin cartel, was captured by police in Bogota on Tuesday.", "arrest"},
		{"a town is", "The town of Izium was captured by government troops on Tuesday after rebels left.", "government-regains-territory"},
		{"sabotage by no stated means", "Three power pylons were sabotaged on Tuesday near Ayacucho.", "looting-destruction"},
		{"sabotage with a bomb", "Three power pylons were sabotaged with dynamite on Tuesday near Ayacucho.", "explosive-device"},
		{"attacks in general behind one murder", "Gunmen murdered the priest Juan Perez in Ayacucho on Tuesday. The war is taking the lives of hundreds, who are killed in bombings.", "homicide"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			reading, err := reader.Read(geo.Report{Text: tc.text, Published: "2024-01-04"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, i := range reading.Incidents {
				if !i.Weak {
					got = append(got, i.Type)
				}
			}
			if !slices.Equal(got, []string{tc.want}) {
				t.Errorf("read %v, want %s", got, tc.want)
			}
		})
	}
}
