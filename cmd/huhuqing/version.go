package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by the image's build, which has no repository to read it from: -ldflags "-X main.version=1.2.3".
var version string

// versionCmd is `huhuqing version`.
type versionCmd struct{}

// Run prints one line for a report of a fault: version, Go, platform.
func (versionCmd) Run(p program) error {
	_, err := fmt.Fprintf(p.Out, "huhuqing %s %s %s/%s\n", versionText(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// versionText is the version given to the build, else the commit that Go stamped into it.
func versionText() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
