package models

import (
	"strings"
	"time"
)

// Role is what a person does in the programme (product.md «Who uses it»).
type Role string

// The roles.
const (
	RoleVillage    Role = "village"
	RoleTownship   Role = "township"
	RoleDepartment Role = "department"
	RoleCounty     Role = "county"
	RoleAdmin      Role = "admin"
)

// Person is somebody who works with the system.
type Person struct {
	ID         string `gorm:"primaryKey;size:20"`
	Name       string `gorm:"size:60;not null"`
	Role       Role   `gorm:"size:12;not null"`
	AreaCode   string `gorm:"size:14;not null;index"`
	Groups     Set    `gorm:"size:500"` // names of the groups looked after; none means the whole village
	Department string `gorm:"size:60"`
	Phone      Phone  `gorm:"serializer:sealed;size:200"`
	Unit       string `gorm:"size:100"`
	Post       string `gorm:"size:60"`
	Active     bool   `gorm:"not null"`
	CreatedAt  time.Time
}

// Level is where a person works, "" for those who only run the system.
func (p *Person) Level() Level {
	switch p.Role {
	case RoleVillage:
		return Village
	case RoleTownship:
		return Township
	case RoleDepartment, RoleCounty:
		return County
	}
	return ""
}

// Binding ties a WeChat user to a person: one user, one person, and back.
type Binding struct {
	User     string `gorm:"primaryKey;size:64"` // openid
	PersonID string `gorm:"size:20;uniqueIndex"`
	At       time.Time
}

// Invite lets one WeChat user become a person. Only a keyed hash of the code
// is kept; it works once and not for ever.
type Invite struct {
	Hash      string `gorm:"primaryKey;size:64"`
	PersonID  string `gorm:"size:20;not null;index"`
	ExpiresAt time.Time
	UsedBy    string `gorm:"size:64"`
	UsedAt    *time.Time
}

// Everywhere is the area of the operator's tools, which are no person of the
// programme. No binding and no invite leads to it.
const Everywhere = "all"

// Actor is who acts in a turn, and where they may. It goes into every
// repository call: the scope is part of the query.
type Actor struct {
	PersonID   string
	Name       string
	Role       Role
	Area       string // code; everything with this prefix is in scope
	AreaName   string
	Groups     Set
	Department string
	Source     string // key of the message or name of the import this act comes from
}

// Within reports whether the area code lies in the actor's scope.
func (a Actor) Within(code string) bool { return a.Area != "" && strings.HasPrefix(code, a.Area) }

// SeesWhole reports whether the actor may see whole bank numbers (domain.md
// §1.1: 仅县乡可见全号). ID numbers and phones are never shown whole in chat.
func (a Actor) SeesWhole() bool {
	return a.Role == RoleTownship || a.Role == RoleCounty || a.Role == RoleAdmin
}
