package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// PhotoRows are the photos that wait; models.Households has them.
type PhotoRows interface {
	ClaimPhoto(ctx context.Context, now time.Time, lease time.Duration) (models.Photo, error)
	SettlePhoto(ctx context.Context, p models.Photo) error
}

// PhotosOptions are what Photos are made of. All but Every are required.
type PhotosOptions struct {
	Rows    PhotoRows
	Media   MediaSource
	Album   *Album
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *Metrics
	Every   time.Duration // how often waiting photos are looked for; 3 s by default
}

// Photos fetches the pictures people sent before the platform forgets them, and
// keeps them sealed in the Album. Any number of replicas may run it.
type Photos struct{ o PhotosOptions }

const (
	photosEvery = 3 * time.Second
	fetchLimit  = 45 * time.Second // of one picture, with the client's own repetitions
	photoLease  = 2 * time.Minute  // longer than a fetch, and the file written
	settleLimit = 2 * time.Second  // also of a server that is going down
	mediaLife   = 72 * time.Hour   // wechat.md §1.11
	// codeNoMedia tells that the picture has expired, or never was one (wechat.md §1.13).
	codeNoMedia = 40007
	// The pause after a failure begins short, for a hiccup, and doubles. 3 days leave
	// some seventy tries at the longest.
	firstPhotoPause = 5 * time.Second
	maxPhotoPause   = time.Hour
)

// NewPhotos fails when an option is missing.
func NewPhotos(o PhotosOptions) (*Photos, error) {
	if o.Rows == nil || o.Media == nil || o.Album == nil || o.Now == nil || o.Log == nil || o.Metrics == nil {
		return nil, errors.New("photos: rows, media, album, clock, log and metrics are required")
	}
	if o.Every <= 0 {
		o.Every = photosEvery
	}
	return &Photos{o}, nil
}

// Run fetches what waits until ctx ends. What it was fetching then is free for
// the next one.
func (s *Photos) Run(ctx context.Context) {
	for {
		pause := s.o.Every
		if err := s.round(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.Error("photos not looked after", "comp", "photos", "code", models.CodeOf(err), "err", err)
			pause *= 10 // the database is away; others say so as well
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
	}
}

// round takes photo after photo until none is due. It ends with the first one that
// has to wait: the platform is away or refuses, and the others would fare the same.
func (s *Photos) round(ctx context.Context) error {
	for ctx.Err() == nil {
		p, err := s.o.Rows.ClaimPhoto(ctx, s.o.Now(), photoLease)
		if models.CodeOf(err) == models.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		p = s.fetch(ctx, p)
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleLimit)
		err = s.o.Rows.SettlePhoto(end, p)
		cancel()
		switch {
		case models.CodeOf(err) == models.Conflict: // it took longer than the lease, and somebody else does it again
		case err != nil:
			return err
		default:
			s.o.Metrics.photo(string(p.State), p.Reason)
		}
		if p.State == models.PhotoWaiting {
			return nil
		}
	}
	return nil
}

// fetch brings a claimed photo to the album and tells what became of it.
func (s *Photos) fetch(ctx context.Context, p models.Photo) models.Photo {
	limited, cancel := context.WithTimeout(ctx, fetchLimit)
	defer cancel()
	m, err := s.o.Media.Media(limited, p.Media)
	if err == nil {
		err = checkPicture(m)
	}
	if err == nil {
		p.File, err = s.o.Album.Put(p, m.Body)
	}
	now := s.o.Now()
	if err != nil {
		return s.missed(ctx, p, err, now)
	}
	sum := sha256.Sum256(m.Body)
	p.State, p.Reason, p.Bytes, p.SHA256, p.FetchedAt = models.PhotoKept, "", len(m.Body), hex.EncodeToString(sum[:]), &now
	s.o.Log.Info("photo kept", "comp", "photos", "photo", p.ID, "tries", p.Tries)
	return p
}

// missed decides between later and lost. Lost is what cannot be had by asking
// again; a refusal for another reason (the account, a proxy) may be put right while
// the platform still has the picture, so it is asked again, at the slowest pace.
func (s *Photos) missed(ctx context.Context, p models.Photo, err error, now time.Time) models.Photo {
	p.File = ""
	if ctx.Err() != nil { // going down: no fault of the photo
		p.NextTry = now
		return p
	}
	var refused *SendError
	pause := min(firstPhotoPause<<min(p.Tries-1, 12), maxPhotoPause)
	final := now.Sub(p.At) >= mediaLife
	switch {
	case errors.Is(err, errNotPicture):
		p.Reason, final = "not_a_picture", true
	case errors.Is(err, errTooBig):
		p.Reason, final = "too_big", true
	case !errors.As(err, &refused):
		p.Reason = "not_written"
	case refused.Code == codeNoMedia:
		p.Reason, final = "expired", true
	default:
		p.Reason = string(refused.Class)
		if refused.Class == SendOurBug {
			pause = maxPhotoPause
		}
		pause = max(pause, refused.Until.Sub(now))
	}
	p.NextTry = now.Add(pause)
	about := []any{"comp", "photos", "photo", p.ID, "tries", p.Tries, "code", p.Reason, "err", err}
	if final {
		p.State = models.PhotoLost
		s.o.Log.Error("photo lost", about...)
	} else {
		s.o.Log.Warn("photo not fetched yet", about...)
	}
	return p
}
