package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Programme is the profile that the plans of the village belong to.
const Programme = "huhuqing-2018"

// Demo is the village: parents before their areas, the main cadre first among
// the people, dossiers without ids since the store assigns them.
type Demo struct {
	Areas    []models.Area
	People   []models.Person
	Dossiers []models.Dossier
}

//go:embed village.json
var villageJSON []byte

//go:embed households.json
var householdsJSON []byte

// record is the text of a record by field key, with a few keys of our own (see
// fill.go) for what follows from the day.
type record map[string]string

// village is village.json: what is said once.
type village struct {
	Areas  []area `json:"areas"`
	People []person
	// Usual are the values of a record that does not say otherwise; "" in the
	// record leaves a field unknown.
	Usual map[string]record `json:"usual"`
	// Kinds are sets of values that members share by "as".
	Kinds map[string]record `json:"kinds"`
	// Grades are the school years by status, counted from 1 in the first year of
	// primary school.
	Grades map[string]int `json:"grades"`
}

type area struct{ Code, Name string }

type person struct {
	ID, Name, Role, Area, Groups, Department, Phone, Unit, Post string
}

// household is one entry of households.json.
type household struct {
	Village   string   `json:"village"`
	Household record   `json:"household"`
	Members   []record `json:"members"`
	Condition record   `json:"condition"`
	Income    record   `json:"income"`
	LastYear  record   `json:"last_year"`
	Causes    []record `json:"causes"`
	Measures  []work   `json:"measures"`
	Duties    []record `json:"duties"`
	Helpers   []record `json:"helpers"`
	Exit      record   `json:"exit"`
}

// work is a measure and what hangs on it.
type work struct {
	Measure record   `json:"measure"`
	Funds   []record `json:"funds"`
	Outputs []record `json:"outputs"`
	Duties  []record `json:"duties"`
}

// Village is the village as it is on the day of now; the same day gives the
// same village.
func Village(now time.Time) Demo {
	var v village
	var hs []household
	read("village.json", villageJSON, &v)
	read("households.json", householdsJSON, &hs)
	d := Demo{}
	for _, a := range v.Areas {
		d.Areas = append(d.Areas, models.Area{Code: a.Code, Name: a.Name, Level: models.LevelOf(a.Code), Parent: models.ParentCode(a.Code)})
	}
	for _, p := range v.People {
		d.People = append(d.People, models.Person{
			ID: p.ID, Name: p.Name, Role: models.Role(p.Role), AreaCode: p.Area, Groups: models.ParseSet(p.Groups), Department: p.Department,
			Phone: models.Phone(p.Phone), Unit: p.Unit, Post: p.Post, Active: true,
		})
	}
	b := builder{village: v, day: newDay(now)}
	for _, h := range hs {
		d.Dossiers = append(d.Dossiers, b.dossier(h))
	}
	return d
}

// read panics on a broken file: it is part of the program and the tests read it.
func read(name string, b []byte, into any) {
	if err := json.Unmarshal(b, into); err != nil {
		panic(fmt.Sprintf("models/demo/%s: %v", name, err))
	}
}
