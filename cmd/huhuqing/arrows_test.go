package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/huhuqing/huhuqing"

// room is what a folder and the folders below it may import of ours, and why not more.
type room struct {
	may []string // folders; nothing below them
	why string
}

// rooms are the arrows of the house (the drawing is in models/doc.go). A new folder needs a row here or above it.
var rooms = map[string]room{
	"cmd":                   {may: []string{"*"}, why: "cmd wires everything"},
	"config":                {why: "settings know nobody, so that everybody may be given them"},
	"models":                {why: "the records and their words stand on the standard library alone"},
	"models/due":            {may: []string{"models"}, why: "what is due is a pure function from records and an instant"},
	"models/clears":         {may: []string{"models"}, why: "a rule is a pure function from a record and a date to findings"},
	"models/plan":           {may: []string{"models", "models/clears"}, why: "a document is a pure function from records to tables"},
	"models/sheet":          {may: []string{"models"}, why: "a spreadsheet is another form of the records, however they are kept"},
	"models/seal":           {why: "what encrypts is small enough to be read whole"},
	"models/store":          {may: []string{"models", "models/seal"}, why: "keeping records needs no rule and no conversation"},
	"models/demo":           {may: []string{"models"}, why: "the demo village goes in through the interfaces that everybody uses"},
	"dialog":                {why: "the engine talks about anything: it knows no household, no WeChat, no SQL, no Redis"},
	"dialog/zh":             {why: "reading Chinese needs no household"},
	"dialog/hear":           {may: []string{"dialog/zh", "models"}, why: "from a sentence to field values: the dictionary of fields, but no conversation"},
	"dialog/hear/plan":      {may: []string{"dialog/zh", "models"}, why: "from a sentence to the records of the plan: the code lists and the language, but no conversation"},
	"dialog/hear/progress":  {may: []string{"dialog/zh", "models"}, why: "from a sentence to what went on with a measure: the code lists and the language, but no conversation"},
	"dialog/flows":          {may: []string{"dialog", "dialog/hear", "dialog/hear/plan", "dialog/hear/progress", "dialog/zh", "models", "models/clears", "models/due"}, why: "a conversation is data over the engine; what it changes it returns as effects"},
	"dialog/turn":           {may: []string{"dialog", "models"}, why: "a turn runs any conversation on any repository"},
	"dialog/state":          {may: []string{"dialog"}, why: "sessions are bytes with a lifetime, whatever was said in them"},
	"dialog/turn/proxytest": {why: "a proxy for tests knows no protocol"},
	"bot":                   {may: []string{"dialog", "dialog/turn", "models"}, why: "the edge knows turns and records, neither SQL nor Redis nor silenceper"},
	"bot/wechat":            {may: []string{"bot"}, why: "the wire ends here: nothing behind the edge sees it"},
	"bot/push":              {may: []string{"bot", "models"}, why: "delivery chooses a channel and keeps count; what is due it is told, and the wire is another room's"},
	"bot/reminders":         {may: []string{"bot", "models", "models/due"}, why: "what is due follows from the records; the edge delivers it"},
	"bot/pages":             {may: []string{"models", "models/clears", "models/plan", "models/sheet"}, why: "pages show records and documents; nothing is asked on them"},
	"bot/platform":          {why: "the bot must not tell the local WeChat from the real one, so neither knows the other"},
}

// guests are the libraries that stay in the room that hides them.
var guests = []struct {
	library string
	homes   []string
	why     string
}{
	{"gorm.io/", []string{"models/store"}, "only the store speaks SQL"},
	{"github.com/glebarez/", []string{"models/store"}, "only the store speaks SQL"},
	{"github.com/go-sql-driver/", []string{"models/store"}, "only the store speaks SQL"},
	{"github.com/pressly/goose/", []string{"models/store"}, "only the store speaks SQL"},
	{"github.com/redis/", []string{"dialog/state", "bot/wechat", "bot/push", "cmd"}, "sessions, WeChat's token and the queue are on Redis; cmd opens the connection"},
	{"github.com/alicebob/miniredis/", []string{"dialog/state", "cmd"}, "the embedded state is a form of the state"},
	{"github.com/hibiken/asynq", []string{"bot/push"}, "the queue carries pushes"},
	{"github.com/go-co-op/gocron", []string{"bot/reminders"}, "what is due is looked at in one place"},
	{"github.com/silenceper/", []string{"bot/wechat"}, "WeChat's wire ends in one room"},
	{"github.com/alecthomas/kong", []string{"cmd"}, "the command line is read in one place"},
	{"github.com/chromedp/", nil, "a browser is for tests"},
	{"github.com/stretchr/testify", nil, "assertions are for tests"},
}

// standardOnly are the rooms without any library.
var standardOnly = []string{"models", "models/seal", "models/clears", "models/due", "dialog"}

// source is one Go file of the module.
type source struct {
	file    string // from the module's top
	folder  string
	test    bool
	syntax  *ast.File
	imports []string
}

// sources parses the whole module once.
func sources(t *testing.T) []source {
	t.Helper()
	top := filepath.Join("..", "..")
	var all []source
	err := filepath.WalkDir(top, func(file string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && (name == "testdata" || file != top && strings.HasPrefix(name, ".") && name != ".."):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(top, file)
		s := source{file: filepath.ToSlash(name), test: strings.HasSuffix(name, "_test.go"), syntax: syntax}
		s.folder = path.Dir(s.file)
		for _, i := range syntax.Imports {
			s.imports = append(s.imports, strings.Trim(i.Path.Value, `"`))
		}
		all = append(all, s)
		return err
	})
	require.NoError(t, err)
	require.Greater(t, len(all), 20, "the module was not found")
	return all
}

// within tells whether a folder is another or below it.
func within(folder, of string) bool { return folder == of || strings.HasPrefix(folder, of+"/") }

// roomOf is the row that holds for a folder: its own or the nearest above.
func roomOf(folder string) (string, bool) {
	for ; folder != "."; folder = path.Dir(folder) {
		if _, ok := rooms[folder]; ok {
			return folder, true
		}
	}
	return "", false
}

// TestArrows holds the imports of everything but tests, which wire rooms together as cmd does.
func TestArrows(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		name, ok := roomOf(s.folder)
		if !ok {
			t.Errorf("%s: no row in rooms for %s: say what it may import, and why", s.file, s.folder)
			continue
		}
		if s.test {
			continue
		}
		for _, i := range s.imports {
			folder, ours := strings.CutPrefix(i, module+"/")
			may := append([]string{name}, rooms[name].may...)
			if target, _ := roomOf(folder); ours && may[len(may)-1] != "*" && !slices.Contains(may, target) {
				t.Errorf("%s imports %s; %s may import %v of ours: %s", s.file, folder, name, rooms[name].may, rooms[name].why)
			}
		}
	}
}

func TestGuestsStayInTheirRooms(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, i := range s.imports {
			for _, guest := range guests {
				home := slices.ContainsFunc(guest.homes, func(of string) bool { return within(s.folder, of) })
				if strings.HasPrefix(i, guest.library) && !home {
					t.Errorf("%s imports %s, which belongs in %v: %s", s.file, i, guest.homes, guest.why)
				}
			}
			first, _, _ := strings.Cut(i, "/")
			if slices.Contains(standardOnly, s.folder) && strings.Contains(first, ".") && !strings.HasPrefix(i, module+"/") {
				t.Errorf("%s imports %s; %s stands on the standard library alone", s.file, i, s.folder)
			}
		}
	}
}

// TestTheClockIsGiven finds reads of the wall clock outside cmd: a conversation or a deadline that reads it cannot be
// tested at another hour, and two reads in one turn may differ.
func TestTheClockIsGiven(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.test || within(s.folder, "cmd") {
			continue
		}
		name := "" // of the package time in this file
		for _, i := range s.syntax.Imports {
			if i.Path.Value == `"time"` {
				name = "time"
				if i.Name != nil {
					name = i.Name.Name
				}
			}
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok || name == "" {
				return true
			}
			if of, ok := call.X.(*ast.Ident); ok && of.Name == name && slices.Contains([]string{"Now", "Since", "Until"}, call.Sel.Name) {
				t.Errorf("%s uses time.%s; take now func() time.Time from cmd", s.file, call.Sel.Name)
			}
			return true
		})
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, s := range sources(t) {
		if !s.test {
			said[s.folder] = said[s.folder] || s.syntax.Doc.Text() != ""
		}
	}
	for folder, ok := range said {
		if !ok {
			t.Errorf("%s has no package comment: say in doc.go what it is and what it must not know", folder)
		}
	}
}

func TestTheTopLevelStaysSmall(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	require.NoError(t, err)
	built := []string{"bin", "data"} // by make run; in .gitignore
	for _, entry := range entries {
		if name := entry.Name(); entry.IsDir() && !strings.HasPrefix(name, ".") && !slices.Contains(built, name) {
			require.Contains(t, []string{"bot", "cmd", "config", "deploy", "dialog", "models"}, name, "another top-level folder: which room is it part of?")
		}
	}
}
