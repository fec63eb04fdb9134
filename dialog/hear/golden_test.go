package hear_test

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/models"
)

var update = flag.Bool("update", false, "rewrite testdata with what is read now; review the difference")

// now is a day in the programme's first year.
func now() time.Time {
	return time.Date(2018, 9, 20, 10, 0, 0, 0, time.FixedZone("Asia/Shanghai", 8*3600))
}

func reader(t testing.TB) *hear.Reader {
	t.Helper()
	p, err := models.LoadProfile("huhuqing-2018")
	require.NoError(t, err)
	return hear.New(p)
}

// people is a household of five.
func people() []hear.Person {
	return []hear.Person{
		{Ref: "m1", Name: "张大有", Sex: "M", Relation: "head", Age: 52},
		{Ref: "m2", Name: "李秀英", Sex: "F", Relation: "spouse", Age: 50},
		{Ref: "m3", Name: "张小军", Sex: "M", Relation: "son", Age: 27},
		{Ref: "m4", Name: "小花", Sex: "F", Relation: "granddaughter", Age: 9, Student: true},
		{Ref: "m5", Name: "普阿妹", Sex: "F", Relation: "mother", Age: 76},
	}
}

// TestSentences holds readings of whole sentences. Files of testdata list them:
//
//	#           a comment
//	@people     the next sentences are about a household of five; @nobody ends it
//	@open a,b   the open question asks for these paths; @open alone ends it
//	@family a/M/head/52 …  the next sentences are about these people
//	@head 张大有            the household is called so
//	@sections   the records that may be filled
//	@about m3   of whom was spoken last
//	> sentence  followed by what is read: facts (~ approximate, ^ from relative
//	            words, ! correction), "+ name" a new person with facts, "= " what
//	            is stated but computed, "? " unread with its reason and guesses,
//	            "house " the household named
func TestSentences(t *testing.T) {
	t.Parallel()
	r := reader(t)
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		want := string(b)
		got := replay(r, want)
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
			continue
		}
		wants, gots := blocks(want), blocks(got)
		require.Len(t, gots, len(wants))
		for i := range wants {
			t.Run(strings.SplitN(wants[i], "\n", 2)[0], func(t *testing.T) {
				t.Parallel()
				require.Equal(t, wants[i], gots[i])
			})
		}
	}
}

// blocks cuts a file into its sentences with what follows them.
func blocks(s string) []string {
	var out []string
	for _, part := range strings.Split("\n"+s, "\n>")[1:] {
		lines := strings.Split(part, "\n")
		kept := lines[:1]
		for _, l := range lines[1:] {
			if strings.HasPrefix(l, "  ") {
				kept = append(kept, l)
			}
		}
		out = append(out, strings.Join(kept, "\n"))
	}
	return out
}

// replay reads every sentence of a file anew.
func replay(r *hear.Reader, file string) string {
	c := hear.Context{Now: now()}
	var out []string
	for _, line := range strings.Split(strings.TrimRight(file, "\n"), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case strings.HasPrefix(line, "  "):
			continue
		case word == "@people":
			c.People = people()
		case word == "@nobody":
			c.People = nil
		case word == "@family":
			c.People = family(rest)
		case word == "@head":
			c.Head = rest
		case word == "@open":
			c.Open = list(rest)
		case word == "@sections":
			c.Sections = list(rest)
		case word == "@about":
			c.About = rest
		}
		out = append(out, line)
		if word == ">" {
			out = append(out, render(r.Read(rest, c))...)
		}
		if word == ">R" {
			out = append(out, render(rosterReading(r, rest, c))...)
		}
	}
	return strings.Join(out, "\n") + "\n"
}

// family are people written as name/sex/relation/age.
func family(s string) []hear.Person {
	var out []hear.Person
	for i, one := range strings.Fields(s) {
		part := strings.Split(one, "/")
		age, err := strconv.Atoi(part[3])
		if err != nil {
			age = -1
		}
		out = append(out, hear.Person{Ref: "m" + strconv.Itoa(i+1), Name: part[0], Sex: part[1], Relation: part[2], Age: age})
	}
	return out
}

func rosterReading(r *hear.Reader, text string, c hear.Context) hear.Reading {
	people, unread := r.Roster(text, c)
	return hear.Reading{NewPeople: people, Unread: unread}
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// render writes a reading as testdata does.
func render(g hear.Reading) []string {
	var out []string
	for _, f := range g.Facts {
		out = append(out, "  "+fact(f))
	}
	for _, n := range g.NewPeople {
		s := "  + " + n.Name
		for _, f := range n.Facts {
			s += " " + fact(f)
		}
		out = append(out, s)
	}
	for _, f := range g.Stated {
		out = append(out, "  = "+fact(f))
	}
	for _, u := range g.Unread {
		s := "  ? " + u.Said + " " + u.Why
		for _, f := range u.Guess {
			s += " " + fact(f)
		}
		out = append(out, s)
	}
	if g.House != "" {
		out = append(out, "  house "+g.House)
	}
	return out
}

func fact(f hear.Fact) string {
	s := f.Path + "=" + f.Value
	if f.Approx {
		s += "~"
	}
	if f.Relative {
		s += "^"
	}
	if f.Replace {
		s += "!"
	}
	return s
}

// testdata are the files of sentences.
func testdata(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	var out []string
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		out = append(out, string(b))
	}
	return out
}
