package clears

import "github.com/huhuqing/huhuqing/models"

// Judge holds what stays the same for many dossiers. The zero Context and
// Accepted are fine.
type Judge struct {
	Profile  *models.Profile
	Today    models.Date       // ISO day
	Context  *Context          // of the household judged, or of its whole village
	Accepted map[string]string // Finding.Key → reason somebody gave; only warnings can be accepted
}

// Check runs every rule of the profile over the dossier. Findings come in the
// order of the profile's rules.
func Check(d *models.Dossier, p *models.Profile, today models.Date) []Finding {
	return Judge{Profile: p, Today: today}.Check(d)
}

// CheckBase runs the rules that judge 家底 alone: people, condition, income.
func CheckBase(d *models.Dossier, p *models.Profile, today models.Date) []Finding {
	return Judge{Profile: p, Today: today}.CheckBase(d)
}

// CheckFields gives what can be said at the moment of typing: findings about
// the changed paths, from what is known; nothing is held against a field that
// was not asked yet.
func CheckFields(d *models.Dossier, p *models.Profile, today models.Date, changed []string) []Finding {
	return Judge{Profile: p, Today: today}.CheckFields(d, changed)
}

// Check is the function Check with the judge's context.
func (j Judge) Check(d *models.Dossier) []Finding {
	r := j.run(d)
	r.judge(func(row) bool { return true })
	return *r.found
}

// CheckBase is the function CheckBase with the judge's context.
func (j Judge) CheckBase(d *models.Dossier) []Finding {
	r := j.run(d)
	r.judge(func(x row) bool { return x.part == base })
	return *r.found
}

// CheckFields is the function CheckFields with the judge's context.
func (j Judge) CheckFields(d *models.Dossier, changed []string) []Finding {
	if len(changed) == 0 {
		return nil
	}
	r := j.run(d)
	r.changed = changed
	r.judge(func(x row) bool { return x.typing })
	return *r.found
}

// judge runs the rules of the profile that are wanted.
func (r *run) judge(wanted func(row) bool) {
	for i := range r.p.Rules {
		r.rule = &r.p.Rules[i]
		if x, ok := table[r.rule.ID]; ok && wanted(x) {
			x.judge(r)
		}
	}
}

// Waived are the findings without the warnings somebody gave a reason for.
func (j Judge) waived(fs []Finding) []Finding {
	out := fs[:0:0]
	for _, f := range fs {
		if f.Blocks() || j.Accepted[f.Key()] == "" {
			out = append(out, f)
		}
	}
	return out
}
