package bot

import (
	"errors"
	"fmt"
	"os"
	"path"

	"github.com/huhuqing/huhuqing/models"
)

// Sealer encrypts for a purpose; models/seal does. What was sealed for one purpose
// does not open for another.
type Sealer interface {
	Seal(purpose string, plain []byte) []byte
	Open(purpose string, sealed []byte) ([]byte, error)
}

// Album is the folder of the kept photos: <folder>/<village>/<photo id>, sealed,
// for there are faces on them. Replicas share it, or each has what it fetched.
type Album struct {
	folder string
	sealer Sealer
}

// NewAlbum makes an Album; the folder appears with the first photo.
func NewAlbum(folder string, s Sealer) *Album { return &Album{folder, s} }

// parts is the folder of files that are being written.
const parts = ".part"

// Put seals the picture of a claimed photo and returns its place, relative to the
// folder. The file is there whole, and on the disk, or not at all; putting it again
// replaces it.
func (a *Album) Put(p models.Photo, picture []byte) (file string, err error) {
	if len(p.HouseholdID) < models.VillageDigits {
		return "", errors.New("photo without a village")
	}
	if err := os.MkdirAll(a.folder, 0o700); err != nil {
		return "", err
	}
	root, err := os.OpenRoot(a.folder) // an id cannot lead out of it
	if err != nil {
		return "", err
	}
	defer root.Close()
	village := p.HouseholdID[:models.VillageDigits]
	for _, dir := range []string{parts, village} {
		if err := root.MkdirAll(dir, 0o700); err != nil {
			return "", err
		}
	}
	for try := 1; try < p.Tries; try++ { // what a killed process left
		_ = root.Remove(partOf(p.ID, try))
	}
	part := partOf(p.ID, p.Tries) // of this claim only: an overtaken one writes elsewhere
	file = path.Join(village, p.ID)
	if err = write(root, part, a.sealer.Seal(purposeOf(p), picture)); err == nil {
		err = root.Rename(part, file)
	}
	if err != nil {
		_ = root.Remove(part)
		return "", err
	}
	return file, syncFolder(root, village)
}

// Open reads a kept photo.
func (a *Album) Open(p models.Photo) ([]byte, error) {
	root, err := os.OpenRoot(a.folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	sealed, err := root.ReadFile(p.File)
	if err != nil {
		return nil, err
	}
	return a.sealer.Open(purposeOf(p), sealed)
}

func purposeOf(p models.Photo) string { return "photos.file." + p.ID }

func partOf(id string, try int) string { return path.Join(parts, fmt.Sprintf("%s.%d", id, try)) }

func write(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// syncFolder makes a renaming in a folder last over a power cut.
func syncFolder(root *os.Root, dir string) error {
	d, err := root.Open(dir)
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	return d.Sync()
}
