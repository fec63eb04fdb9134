package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"regexp"
	"time"

	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/dialog/flows"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// inviteLife is how long an invite code can be used: long enough for a code
// handed out on paper at a meeting, short enough that lost paper is harmless.
const inviteLife = 14 * 24 * time.Hour

// personCmd is `huhuqing person`.
type personCmd struct {
	Add    personAdd    `cmd:"" help:"${person_add}"`
	Invite personInvite `cmd:"" help:"${person_invite}"`
}

// personAdd registers somebody and prints the invite code, alone on its line.
type personAdd struct {
	Name       string   `required:"" help:"${person_name}"`
	Role       string   `required:"" enum:"village,township,department,county,admin" help:"${person_role}"`
	Area       string   `required:"" placeholder:"CODE" help:"${person_area}"`
	Groups     []string `sep:"," placeholder:"A,B" help:"${person_groups}"`
	Department string   `placeholder:"D" help:"${person_department}"`
	Phone      string   `placeholder:"P" help:"${person_phone}"`
}

// levelOf is the level of area that a role works in.
var levelOf = map[models.Role]models.Level{
	models.RoleVillage: models.Village, models.RoleTownship: models.Township, models.RoleDepartment: models.County, models.RoleCounty: models.County,
}

var mobile = regexp.MustCompile(`^1[3-9]\d{9}$`)

// Run checks before it writes: a person with the wrong area would see the wrong households.
func (c personAdd) Run(ctx context.Context, p program, flags config.Flags) error {
	r, err := tool(ctx, p, flags)
	if err != nil {
		return err
	}
	defer func() { _ = r.store.Close() }()
	name, ok := zh.ReadName(c.Name)
	if !ok {
		return fmt.Errorf("%s", say("person_bad_name", "name", c.Name))
	}
	role := models.Role(c.Role)
	if want := levelOf[role]; want != "" && models.LevelOf(c.Area) != want {
		return fmt.Errorf("%s", say("person_bad_area", "role", c.Role, "level", string(want), "digits", fmt.Sprint(digitsOf[want])))
	}
	if c.Phone != "" && !mobile.MatchString(c.Phone) {
		return fmt.Errorf("%s", say("person_bad_phone"))
	}
	if role == models.RoleDepartment && c.Department == "" {
		return fmt.Errorf("%s", say("person_no_department"))
	}
	if _, err := r.store.Areas().Area(ctx, c.Area); err != nil {
		if models.CodeOf(err) == models.NotFound {
			return fmt.Errorf("%s", say("person_no_area", "area", c.Area))
		}
		return err
	}
	person := models.Person{Name: name, Role: role, AreaCode: c.Area, Groups: c.Groups, Department: c.Department, Phone: models.Phone(c.Phone), Active: true}
	if err := r.store.People().Add(ctx, &person); err != nil {
		return err
	}
	return invite(ctx, p, r, person.ID)
}

// digitsOf is how long a code of a level is.
var digitsOf = map[models.Level]int{models.County: 6, models.Township: 9, models.Village: 12}

// personInvite makes another code for somebody who is registered already.
type personInvite struct {
	ID string `arg:"" help:"${person_id}"`
}

// Run prints the code, alone on its line.
func (c personInvite) Run(ctx context.Context, p program, flags config.Flags) error {
	r, err := tool(ctx, p, flags)
	if err != nil {
		return err
	}
	defer func() { _ = r.store.Close() }()
	if _, err := r.store.People().Person(ctx, c.ID); models.CodeOf(err) == models.NotFound {
		return fmt.Errorf("%s", say("person_unknown", "id", c.ID))
	} else if err != nil {
		return err
	}
	return invite(ctx, p, r, c.ID)
}

// invite makes a code, keeps its keyed hash and prints it; what else there is
// to say goes to standard error.
func invite(ctx context.Context, p program, r *records, personID string) error {
	code := newInviteCode()
	now := time.Now()
	inv := models.Invite{Hash: inviteHash(r.keys)(code), PersonID: personID, ExpiresAt: now.Add(inviteLife)}
	if err := r.store.People().Invite(ctx, inv); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(p.Err, say("person_done", "id", personID, "until", inv.ExpiresAt.Format("2006-01-02")))
	_, err := fmt.Fprintln(p.Out, code)
	return err
}

// inviteAlphabet leaves out what is mixed up on paper: 0 O 1 I L.
const inviteAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// newInviteCode is 10 random characters of 31: 8·10¹⁴ codes, guess-proof at
// five tries an hour.
func newInviteCode() string {
	out := make([]byte, 0, flows.InviteLen)
	var b [1]byte
	for len(out) < flows.InviteLen {
		_, _ = rand.Read(b[:]) // never fails
		if n := int(b[0]); n < 256/len(inviteAlphabet)*len(inviteAlphabet) {
			out = append(out, inviteAlphabet[n%len(inviteAlphabet)])
		}
	}
	return string(out)
}
