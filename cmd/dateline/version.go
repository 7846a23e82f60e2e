package main

import (
	"fmt"
	"runtime/debug"

	"dateline/geo/report"
)

type versionCommand struct{}

// Run prints the program's version and the reader's.
func (c *versionCommand) Run(a *app) error {
	fmt.Fprintf(a.stdout, "dateline %s, reader %s\n", version(), report.Version)
	return nil
}

// version of the build: the module's, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return info.Main.Version
}
