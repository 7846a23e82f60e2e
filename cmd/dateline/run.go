package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"dateline/geo/format"
	"dateline/geo/table"

	"github.com/alecthomas/kong"
)

// commandLine is every command and flag; kong reads it.
type commandLine struct {
	DB        string   `help:"SQLite file that keeps reports and incidents." default:"dateline.db" env:"DATELINE_DB" placeholder:"FILE"`
	Gazetteer []string `help:"Gazetteer file layered over the embedded one; may repeat, the first has precedence." env:"DATELINE_GAZETTEER" placeholder:"FILE" name:"gazetteer"`
	LogLevel  string   `help:"What is logged to stderr: debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"DATELINE_LOG_LEVEL"`

	Serve   serveCommand     `cmd:"" help:"Serve the map."`
	Add     addCommand       `cmd:"" help:"Read reports in English, Arabic or Ukrainian and store what they tell."`
	Read    readCommand      `cmd:"" help:"Print the incidents of a report in English, Arabic or Ukrainian as GeoJSON; store nothing."`
	Places  placesCommand    `cmd:"" help:"Print the place names of texts and where they are."`
	Import  importCommand    `cmd:"" help:"Take incidents out of other programs' files."`
	Export  exportCommand    `cmd:"" help:"Write incidents to a file."`
	Sample  sampleCommand    `cmd:"" help:"Store the sample reports, or take them out again."`
	Gaz     gazetteerCommand `cmd:"" name:"gazetteer" help:"Look into the gazetteer, or build one."`
	Token   tokenCommand     `cmd:"" help:"Tokens that let people and programs write."`
	Version versionCommand   `cmd:"" help:"Print the version."`
}

// usageError is a mistake on the command line: exit status 2.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// hinted is an error with what to do next.
type hinted struct {
	err  error
	hint string
}

func (e hinted) Error() string { return e.err.Error() }
func (e hinted) Unwrap() error { return e.err }

// helpShown ends a run that printed its help.
type helpShown struct{ status int }

// run does the work of the program: results go to stdout, messages to stderr.
// It returns a usageError where the command line is wrong.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	defer func() {
		fault := recover()
		shown, ok := fault.(helpShown)
		switch {
		case ok && shown.status == 0:
			err = nil
		case ok:
			err = usageError{errors.New("see dateline --help")}
		case fault != nil:
			panic(fault)
		}
	}()
	var line commandLine
	parser, err := kong.New(&line, kong.Name("dateline"), kong.UsageOnError(),
		kong.Description("A self-hosted incident map server: a news report goes in, located incidents come out."),
		kong.Writers(stdout, stderr), kong.Exit(func(status int) { panic(helpShown{status}) }),
		kong.Vars{"formats": strings.Join(format.WriterNames(), ", "), "written": strings.Join(writtenEndings(), " "), "read": strings.Join(readEndings(), " ")},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return usageError{err}
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	app := &app{line: &line, ctx: ctx, stop: stop, stdin: stdin, stdout: stdout, stderr: stderr, log: logger(stderr, line.LogLevel)}
	defer func() { err = errors.Join(err, app.close()) }()
	return parsed.Run(app)
}

// writtenEndings are those of the files that export writes.
func writtenEndings() []string {
	var all []string
	for _, f := range format.Formats {
		if f.Write != nil {
			all = append(all, "."+f.Extension)
		}
	}
	return all
}

// readEndings are those of the files that import reads.
func readEndings() []string {
	var all []string
	for _, ending := range table.Extensions() {
		all = append(all, "."+ending)
	}
	return all
}

func logger(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: l}))
}

// exitStatus prints an error with its hint and gives the status of the
// process: 0, 1 where anything failed, 2 for usage.
func exitStatus(err error, stderr io.Writer) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "dateline: error:", err)
	var h hinted
	if errors.As(err, &h) {
		fmt.Fprintln(stderr, "dateline: hint:", h.hint)
	}
	var usage usageError
	if errors.As(err, &usage) {
		return 2
	}
	return 1
}
