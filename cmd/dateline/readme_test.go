package main

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline/geo/format"
	"dateline/geo/table"
)

// The README's commands of export and import run as they stand, on the files
// that it shows, and each finds something.
func TestReadmeCommands(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, m := range regexp.MustCompile("(?ms)^```[a-z]+ ([a-z]+\\.[a-z]+)\n(.*?)^```$").FindAllStringSubmatch(string(readme), -1) {
		if err := os.WriteFile(m[1], []byte(m[2]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dateline := func(args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if err := run(t.Context(), args, strings.NewReader(""), &out, &out); err != nil {
			t.Fatalf("%v: %v: %s", args, err, &out)
		}
		return out.String()
	}
	dateline("sample", "add")
	ran := 0
	for _, m := range regexp.MustCompile("(?ms)^```sh dateline\n(.*?)^```$").FindAllStringSubmatch(string(readme), -1) {
		for line := range strings.Lines(m[1]) {
			out := dateline(shellWords(t, line)...)
			if ran++; regexp.MustCompile(`\b0 (incidents|added)`).MatchString(out) && !strings.Contains(line, "--dry-run") {
				t.Errorf("%s: %s", line, out)
			}
		}
	}
	if ran < 5 {
		t.Errorf("%d commands", ran)
	}
	if out := dateline("import", "--map", "columns.txt", "events.csv"); !strings.Contains(out, "2 rows: 0 added, 0 updated, 2 as they were, 0 rejected; 0 without a place") {
		t.Errorf("the second time: %s", out)
	}
}

// shellWords are a command's arguments as a shell reads them.
func shellWords(t *testing.T, line string) []string {
	t.Helper()
	command, ok := strings.CutPrefix(strings.TrimSpace(line), "bin/dateline ")
	if !ok {
		t.Fatalf("%q is no command of ours", line)
	}
	out, err := exec.CommandContext(t.Context(), "sh", "-c", `printf '%s\n' `+command).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

// Every format, its ending and every ending that is read stand in the README's
// table and in the help.
func TestReadmeNamesEveryFormat(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, formats, _ := strings.Cut(string(readme), "**Export.**")
	formats, _, _ = strings.Cut(formats, "**Look a place up.**")
	var wanted []string
	for _, f := range format.Formats {
		if f.Write != nil {
			wanted = append(wanted, f.Name, "."+f.Extension)
		}
	}
	for _, ending := range table.Extensions() {
		wanted = append(wanted, "."+ending)
	}
	for _, name := range wanted {
		if !strings.Contains(formats, "`"+name+"`") && !slices.Contains(strings.FieldsFunc(formats, func(r rune) bool { return strings.ContainsRune("`, \n|", r) }), name) {
			t.Errorf("the README does not name %s", name)
		}
	}
	for command, endings := range map[string][]string{"export": writtenEndings(), "import": readEndings()} {
		var out bytes.Buffer
		if err := run(t.Context(), []string{command, "--help"}, nil, &out, &out); err != nil {
			t.Fatal(err)
		}
		help := strings.Join(strings.Fields(out.String()), " ")
		for _, ending := range endings {
			if !strings.Contains(help, ending) {
				t.Errorf("%s --help does not name %s", command, ending)
			}
		}
	}
}
