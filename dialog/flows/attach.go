package flows

import (
	"strconv"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// attach takes a photo, a place or a voice message: it belongs to the household
// that is open.
func (t *talk) attach() error {
	f := t.s.Form
	if t.in.Kind == dialog.InputPhoto {
		if done, err := t.workPhoto(); done || err != nil {
			return err
		}
	}
	t.kept = t.s.Args
	switch t.in.Kind {
	case dialog.InputVoice:
		t.say("attach.voice")
		return nil
	case dialog.InputOther, dialog.InputFile, dialog.InputLink:
		t.say("attach.other")
		return nil
	}
	if f == nil {
		t.say("attach.no_household")
		t.s.Ask, t.s.Args = "open", map[string]string{}
		if t.in.Kind == dialog.InputPhoto { // it is filed as soon as it is known where
			t.say("attach.whose")
			t.s.Args["media"] = strings.TrimPrefix(t.kept["media"]+","+t.in.Key+"|"+t.in.Media, ",")
			t.holdLoose(t.s.Args["media"])
		}
		return nil
	}
	if t.in.Kind == dialog.InputPlace && t.in.Place != nil {
		step := dialog.Step{Card: f.Card}
		f.Put(&step, "household.lat", strconv.FormatFloat(t.in.Place.Lat, 'f', 6, 64))
		f.Put(&step, "household.lng", strconv.FormatFloat(t.in.Place.Lng, 'f', 6, 64))
		f.Note(step)
		t.note("attach.place", "head", f.Title, "label", t.in.Place.Label)
		return nil
	}
	if t.in.Kind == dialog.InputVideo {
		t.note("attach.video")
		return nil
	}
	t.filePhoto(f, t.in.Key+"|"+t.in.Media)
	return nil
}

// filePhoto files a picture ("key|media") with the open household. On the
// confirm screen it is the signed form: everything was read out.
func (t *talk) filePhoto(f *dialog.Form, picture string) {
	key, media, _ := strings.Cut(picture, "|")
	if isNew(f) {
		f.Marks[markPhoto+key] = media // the household has no id yet: the picture waits in the form
	} else {
		t.do(KeepPhoto{t.photoOf(f.Thing, key, media)})
	}
	if f.Stage != dialog.Confirming {
		t.note("attach.photo", "head", f.Title)
		return
	}
	step := dialog.Step{Card: f.Card}
	f.Put(&step, "household.sign_img", t.photoOf("", key, "").ID)
	f.Note(step)
	t.note("attach.signed", "head", f.Title)
}

func (t *talk) photoOf(household, key, media string) models.Photo {
	return models.Photo{ID: t.blind(key), HouseholdID: household, Media: media, By: t.by.PersonID, At: t.now}
}

// photosOf are the pictures that wait in the form of a new household.
func (t *talk) photosOf(f *dialog.Form) []models.Photo {
	var out []models.Photo
	for k, media := range f.Marks {
		if key, ok := strings.CutPrefix(k, markPhoto); ok {
			out = append(out, t.photoOf("", key, media))
		}
	}
	return out
}

// photo is 拍照: says how.
func (t *talk) photo(string) error {
	if t.s.Form == nil {
		t.say("attach.no_household")
		t.s.Ask = "open"
		return nil
	}
	t.say("attach.how", "head", t.s.Form.Title)
	return nil
}

// What Session.Held keeps of pictures that belong to nothing yet.
const (
	heldLoose   = "photo.loose" // key|media, comma-joined
	heldLooseAt = "photo.at"    // when the last one came, unix seconds
)

// holdLoose remembers pictures until it is known what they are of.
func (t *talk) holdLoose(pictures string) {
	t.s.Hold(heldLoose, pictures)
	t.s.Hold(heldLooseAt, "")
	if pictures != "" {
		t.s.Hold(heldLooseAt, formatID(uint64(t.in.At.Unix())))
	}
}

// loose are the pictures that came a moment ago and belong to nothing yet.
func (t *talk) loose() string {
	at, _ := strconv.ParseInt(t.s.Held[heldLooseAt], 10, 64)
	if t.in.At.Sub(time.Unix(at, 0)) > taskFresh {
		return ""
	}
	return t.s.Held[heldLoose]
}
