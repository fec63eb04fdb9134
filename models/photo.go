package models

import "time"

// Photo is a picture that belongs to a household. The row is written by the turn
// the picture came with; the file is fetched from the platform afterwards, sealed
// and kept in the data folder. A household that is withdrawn leaves its photos.
type Photo struct {
	ID          string    `gorm:"primaryKey;size:40"`
	HouseholdID string    `gorm:"size:16;not null;index"`
	Media       string    `gorm:"size:200"` // media id of the platform, good for three days (wechat.md §1.11)
	About       string    `gorm:"size:60"`  // field key it proves, "" for the household
	By          string    `gorm:"size:20"`
	At          time.Time `gorm:"index:idx_photos_waiting,priority:2"`

	State     PhotoState `gorm:"size:8;not null;index:idx_photos_waiting,priority:1"`
	Reason    string     `gorm:"size:24"`                             // why it is lost, or was not to be had at the last try: expired, not_a_picture, retry …
	Tries     int        `gorm:"not null"`                            // how often it was claimed; tells one claim from the next
	NextTry   time.Time  `gorm:"index:idx_photos_waiting,priority:3"` // waiting: nobody claims it before; the end of a claim as well
	File      string     `gorm:"size:60"`                             // kept: its place in the folder of photos
	Bytes     int        `gorm:"not null"`                            // kept: size of the picture, before it was sealed
	SHA256    string     `gorm:"column:sha256;size:64"`               // kept: of the picture, before it was sealed; hexadecimal
	FetchedAt *time.Time // kept: when
}

// PhotoState is how far a photo has come.
type PhotoState string

// The states of a photo. Kept and lost are final.
const (
	PhotoWaiting PhotoState = "waiting" // to be fetched
	PhotoKept    PhotoState = "kept"    // the file is there
	PhotoLost    PhotoState = "lost"    // the platform does not have it any more, or it was no picture
)
