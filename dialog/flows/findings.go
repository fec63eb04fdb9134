package flows

import (
	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// findings are the messages of the rules that the form breaks now; with changed
// paths, only those that these decide.
func (t *talk) findings(f *dialog.Form, changed []string) []string { return nil }

// findingsOf is the same for a household.
func (t *talk) findingsOf(d *models.Dossier, f *dialog.Form, changed []string) []string { return nil }

// lightsText is the row of six lights.
func (t *talk) lightsText(d *models.Dossier) string { return "" }

// missingText lists what is missing of the first clear that is not complete.
func (t *talk) missingText(d *models.Dossier) string { return "" }
