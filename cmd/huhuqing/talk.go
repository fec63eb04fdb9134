package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/config"
)

// talkCmd is `huhuqing talk`: a chat in the terminal through the same code.
type talkCmd struct {
	startAt
	As string `default:"" placeholder:"PERSON" help:"${talk_as}"`
}

// Run reads a line, sends it as a WeChat message, prints what comes back.
func (c talkCmd) Run(ctx context.Context, p program, flags config.Flags) error {
	if flags.Listen == "" {
		flags.Listen = "127.0.0.1:0"
	}
	l, err := c.open(ctx, p, flags)
	if err != nil {
		return err
	}
	l.fresh = false // only the one who talks follows, when the first message wants it
	ctx, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- l.run(ctx) }()
	err = chat(ctx, p, l.platform.User(c.openID(l)))
	stop()
	if ended := <-done; err == nil {
		err = ended
	}
	return err
}

// openID is the WeChat user of the person named by --as; the first village cadre else.
func (c talkCmd) openID(l *local) string {
	for _, person := range l.people {
		if c.As == "" || c.As == person.ID || c.As == person.Name {
			return openID(person.ID)
		}
	}
	return c.As
}

// chat is the loop over lines until the input ends.
func chat(ctx context.Context, p program, phone *platform.Phone) error {
	in := bufio.NewScanner(p.In)
	prompt(p.Out)
	for in.Scan() {
		if text := strings.TrimSpace(in.Text()); text != "" {
			answer, err := phone.Say(ctx, text)
			if errors.Is(err, platform.ErrNotFollowing) {
				if _, err = phone.Follow(ctx, ""); err == nil {
					answer, err = phone.Say(ctx, text)
				}
			}
			if err != nil {
				return err
			}
			_, _ = fmt.Fprintln(p.Out, answer.Text)
		}
		prompt(p.Out)
	}
	_, _ = fmt.Fprintln(p.Out)
	return in.Err()
}

func prompt(out io.Writer) { _, _ = fmt.Fprint(out, "> ") }
