package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// The places of the tests. 5399 does not exist.
const (
	county   = "539901"
	township = "539901200"
	damiao   = "539901200201" // 大庙村
	xiaohe   = "539901200202" // 小河村
	faraway  = "539902200201" // a village of another county
)

// ann is the cadre of 大庙村; each of her messages has its own source.
func ann(source string) models.Actor {
	return models.Actor{PersonID: "p_ann", Name: "安妮", Role: models.RoleVillage, Area: damiao, Source: source}
}

// bob is a cadre of the township, carl of the county.
func bob(source string) models.Actor {
	return models.Actor{PersonID: "p_bob", Name: "鲍勃", Role: models.RoleTownship, Area: township, Source: source}
}

func carl() models.Actor {
	return models.Actor{PersonID: "p_carl", Name: "卡尔", Role: models.RoleCounty, Area: county, Source: "c"}
}

// settle makes the area tree of the tests.
func settle(t testing.TB, s *Store) {
	t.Helper()
	_, err := s.Areas().Put(t.Context(), []models.Area{
		{Code: "53", Name: "云南省"}, {Code: "5399", Name: "示例州"}, {Code: county, Name: "示例县"}, {Code: "539902", Name: "邻县"},
		{Code: township, Name: "示例乡"}, {Code: "539902200", Name: "邻乡"},
		{Code: damiao, Name: "大庙村"}, {Code: xiaohe, Name: "小河村"}, {Code: faraway, Name: "远村"},
	})
	require.NoError(t, err)
}

// wen is 岩温龙's household: four people, everything sensitive filled in.
func wen() *models.Dossier {
	return &models.Dossier{
		Household: models.Household{Village: damiao, Group: "三组", Phone: "13812345678", BankName: "信用社", BankNo: "6228480402564890018", Status: "poor"},
		Members: []models.Member{
			{Name: "岩温龙", Alias: models.Set{"小岩温"}, Sex: "M", Birth: "1972-03-05", IDNo: "539901197203050016", Relation: "head", Labor: "normal",
				Health: models.Set{"chronic", "disabled"}, Disease: "高血压", TreatAt: "乡卫生院", DisabType: "limb", DisabLevel: "2"},
			{Name: "玉香", Sex: "F", Birth: "1975-01-01", IDNo: "53990119750101002X", Relation: "spouse", Labor: "weak"},
			{Name: "岩𠮷", Sex: "M", Birth: "1998-07-07", Relation: "son", Labor: "skilled", WorkMonths: models.IntOf(9), WorkPay: models.DecOf(3500.5)},
			{Name: "玉囡", Sex: "F", Birth: "2009", Relation: "granddaughter"},
		},
		Condition: models.Condition{Year: 2018, Farm: models.DecOf(3.5), Stock: "pig:2,chicken:15", Coop: models.Yes},
		Income:    models.Income{Year: 2018, PayOut: models.DecOf(31504.5), BizCost: models.DecOf(0)},
	}
}

// li is 李小二's household.
func li(village, group string) *models.Dossier {
	return &models.Dossier{
		Household: models.Household{Village: village, Group: group},
		Members: []models.Member{
			{Name: "李小二", Sex: "M", Birth: "1960-05-05", Relation: "head", Labor: "normal"},
			{Name: "王桂花", Sex: "F", Relation: "spouse"},
		},
	}
}

// create keeps a household and gives it back as it is stored.
func create(t testing.TB, s *Store, by models.Actor, d *models.Dossier) *models.Dossier {
	t.Helper()
	res, err := s.Households().Create(t.Context(), by, d, clock)
	require.NoError(t, err)
	return stored(t, s, by, res.ID)
}

func stored(t testing.TB, s *Store, by models.Actor, id string) *models.Dossier {
	t.Helper()
	d, err := s.Households().Dossier(t.Context(), by, id, 0)
	require.NoError(t, err)
	return d
}

// heads are the cards' heads, in order.
func heads(cards []models.Card) []string {
	out := make([]string, 0, len(cards))
	for _, c := range cards {
		out = append(out, c.Head)
	}
	return out
}
