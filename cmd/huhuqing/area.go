package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
)

// areaCmd is `huhuqing area`.
type areaCmd struct {
	Import areaImport `cmd:"" help:"${area_import}"`
}

// areaImport reads area codes: code,name,level,parent (product.md).
type areaImport struct {
	File string `arg:"" type:"existingfile" help:"${area_file}"`
}

// Run puts in what is right; a row that is wrong is told with its line and
// reason. Twice changes nothing.
func (c areaImport) Run(ctx context.Context, p program, flags config.Flags) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	areas, wrong, err := readAreas(f)
	if err != nil {
		return err
	}
	for _, w := range wrong {
		_, _ = fmt.Fprintln(p.Err, w)
	}
	r, err := tool(ctx, p, flags)
	if err != nil {
		return err
	}
	defer func() { _ = r.store.Close() }()
	added, err := r.store.Areas().Put(ctx, areas)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(p.Out, say("areas_done", "read", fmt.Sprint(len(areas)), "added", fmt.Sprint(added), "wrong", fmt.Sprint(len(wrong))))
	if len(wrong) > 0 {
		return errFailed
	}
	return nil
}

// readAreas reads the file; the header line and a BOM are optional. Parents
// come before their children whatever the order in the file.
func readAreas(in io.Reader) (areas []models.Area, wrong []string, err error) {
	rows := csv.NewReader(in)
	rows.FieldsPerRecord = -1
	rows.TrimLeadingSpace = true
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", say("area_csv"), err)
		}
		line, _ := rows.FieldPos(0)
		row[0] = strings.TrimPrefix(row[0], "\ufeff")
		if strings.EqualFold(strings.TrimSpace(row[0]), "code") {
			continue
		}
		a, why := areaOf(row)
		if why != "" {
			wrong = append(wrong, say("area_wrong", "line", fmt.Sprint(line), "row", strings.Join(row, ","), "why", why))
			continue
		}
		areas = append(areas, a)
	}
	slices.SortStableFunc(areas, func(a, b models.Area) int { return len(a.Code) - len(b.Code) })
	return areas, wrong, nil
}

// areaOf checks one row; why says what is wrong with it.
func areaOf(row []string) (a models.Area, why string) {
	if len(row) < 3 {
		return a, say("area_columns")
	}
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	a = models.Area{Code: row[0], Name: row[1], Level: models.Level(row[2])}
	switch {
	case strings.Trim(a.Code, "0123456789") != "" || models.LevelOf(a.Code) == "":
		return a, say("area_code")
	case models.LevelOf(a.Code) != a.Level:
		return a, say("area_level", "want", string(models.LevelOf(a.Code)))
	case a.Name == "":
		return a, say("area_name")
	}
	a.Parent = models.ParentCode(a.Code)
	if len(row) > 3 && row[3] != "" && row[3] != a.Parent {
		return a, say("area_parent", "want", a.Parent)
	}
	return a, ""
}
