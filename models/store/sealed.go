package store

import (
	"context"
	"fmt"
	"reflect"

	"gorm.io/gorm/schema"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
)

type keysKey struct{}

// withKeys lets the keys travel with a statement to the serializer, which gorm
// knows only by a name for the whole process.
func withKeys(ctx context.Context, k *seal.Keyring) context.Context {
	return context.WithValue(ctx, keysKey{}, k)
}

func keysOf(ctx context.Context) (*seal.Keyring, error) {
	if k, ok := ctx.Value(keysKey{}).(*seal.Keyring); ok {
		return k, nil
	}
	return nil, models.E(models.Internal, "seal", fmt.Errorf("a statement without keys"))
}

// sealed is the gorm serializer of that name: text, or a set or taps as their text,
// encrypted for the purpose "table.column", so that no value opens elsewhere.
type sealed struct{}

func purposeOf(f *schema.Field) string { return f.Schema.Table + "." + f.DBName }

// Scan opens a column into the field.
func (sealed) Scan(ctx context.Context, f *schema.Field, dst reflect.Value, dbValue any) error {
	var text string
	switch v := dbValue.(type) {
	case nil:
	case []byte:
		text = string(v)
	case string:
		text = v
	default:
		return fmt.Errorf("sealed column %s holds %T", purposeOf(f), v)
	}
	k, err := keysOf(ctx)
	if err != nil {
		return err
	}
	plain, err := k.OpenText(purposeOf(f), text)
	if err != nil {
		return fmt.Errorf("%s: %w", purposeOf(f), err)
	}
	into := f.ReflectValueOf(ctx, dst)
	if set, ok := into.Addr().Interface().(*models.Set); ok {
		*set = models.ParseSet(plain)
		return nil
	}
	if taps, ok := into.Addr().Interface().(*models.PushTaps); ok {
		return taps.UnmarshalText([]byte(plain))
	}
	into.SetString(plain)
	return nil
}

// Value seals the field for its column.
func (sealed) Value(ctx context.Context, f *schema.Field, _ reflect.Value, value any) (any, error) {
	k, err := keysOf(ctx)
	if err != nil {
		return nil, err
	}
	if taps, ok := value.(models.PushTaps); ok {
		text, err := taps.MarshalText()
		return k.SealText(purposeOf(f), string(text)), err
	}
	return k.SealText(purposeOf(f), plainOf(value)), nil
}

// plainOf is the text of a sealed field. Not fmt: the types mask themselves.
func plainOf(value any) string {
	if set, ok := value.(models.Set); ok {
		return set.String()
	}
	return reflect.ValueOf(value).String()
}
