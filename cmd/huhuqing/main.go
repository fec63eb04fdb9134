// Command huhuqing is 户户清助手, the one binary: the bot, its tools and its demo. It may import every room and is
// imported by none; the clock of the whole program starts here. One file per subcommand, named after it.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// program is what the outside gives to a run: tests give their own.
type program struct {
	Environ []string
	In      io.Reader
	Out     io.Writer // what was asked for
	Err     io.Writer // what is said beside it: problems, logs
	Clock   clock     // the machine's when nothing is given
}

// gcPercent trades memory for time: what a turn allocates is garbage when it is
// answered, and the records that stay are few. A replica stays below 64 MB
// (performance.md row 9). GOGC in the environment wins.
const gcPercent = 150

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, program{Environ: os.Environ(), In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, os.Args[1:])
	stop()
	os.Exit(code)
}
