package clears

// part says which records a rule judges.
type part int

const (
	base part = iota // household, members, condition, income
	plan             // causes, measures, money, duty, exit
)

// row is one rule: which records it judges, whether it can be said at the
// moment of typing, and the function.
type row struct {
	part   part
	typing bool
	judge  func(*run)
}

// table has one row per rule of domain.md §4.
var table = map[string]row{
	"P01": {base, true, p01}, "P02": {base, true, p02}, "P03": {base, true, p03}, "P04": {base, true, p04},
	"P05": {base, true, p05}, "P06": {base, true, p06}, "P07": {base, true, p07}, "P08": {base, true, p08},
	"P09": {base, true, p09}, "P10": {base, true, p10}, "P11": {base, true, p11}, "P12": {base, false, p12},
	"P13": {base, true, p13}, "P14": {base, true, p14}, "P15": {base, true, p15}, "P16": {base, true, p16},
	"P17": {base, true, p17}, "P18": {base, true, p18}, "P19": {base, true, p19}, "P20": {base, true, p20},
	"P21": {base, true, p21}, "P22": {base, false, p22}, "P23": {base, false, p23}, "P24": {base, true, p24},
	"P25": {base, true, p25}, "P26": {plan, true, p26},

	"F01": {plan, true, f01}, "F02": {plan, true, f02}, "F03": {plan, true, f03}, "F04": {plan, true, f04},
	"F05": {plan, true, f05}, "F06": {plan, true, f06}, "F07": {plan, true, f07}, "F08": {plan, true, f08},
	"F09": {plan, true, f09}, "F10": {plan, false, f10}, "F11": {plan, false, f11}, "F12": {plan, true, f12},
	"F13": {base, false, f13}, "F14": {base, true, f14}, "F15": {base, true, f15},

	"M01": {plan, false, m01}, "M02": {plan, false, m02}, "M03": {plan, true, m03}, "M04": {plan, false, m04},
	"M05": {plan, false, m05}, "M06": {plan, false, m06}, "M07": {plan, false, m07}, "M08": {plan, false, m08},
	"M09": {plan, false, m09}, "M10": {plan, false, m10},

	"N01": {plan, true, n01}, "N02": {plan, true, n02}, "N03": {plan, true, n03}, "N04": {plan, true, n04},
	"N05": {plan, true, n05}, "N06": {plan, true, n06}, "N07": {plan, true, n07}, "N08": {plan, true, n08},
	"N09": {plan, false, n09},

	"Q01": {plan, false, q01}, "Q02": {plan, true, q02}, "Q03": {plan, true, q03}, "Q04": {plan, true, q04},
	"Q05": {plan, true, q05}, "Q06": {plan, true, q06}, "Q07": {plan, true, q07}, "Q08": {plan, true, q08},
	"Q09": {plan, false, q09},

	"R01": {plan, false, r01}, "R02": {plan, false, r02}, "R03": {plan, true, r03}, "R04": {plan, false, r04},
	"R05": {plan, false, r05}, "R06": {plan, true, r06}, "R07": {plan, false, r07},

	"T01": {plan, true, t01}, "T02": {plan, true, t02}, "T03": {plan, false, t03}, "T04": {plan, false, t04},
	"T05": {plan, true, t05}, "T06": {plan, true, t06}, "T07": {plan, false, t07}, "T08": {plan, false, t08},
	"T09": {plan, true, t09}, "T10": {base, false, t10},

	"I01": {base, false, i01}, "I02": {base, true, i02}, "I03": {base, false, i03}, "I04": {base, false, i04},
	"I05": {base, true, i05}, "I06": {base, false, i06}, "I07": {base, false, i07}, "I08": {plan, false, i08},

	"W01": {base, false, w01}, "W02": {plan, true, w02}, "W03": {plan, false, w03},

	"V01": {plan, false, v01}, "V02": {plan, false, v02}, "V03": {plan, false, v03}, "V04": {plan, true, v04},
	"V05": {plan, false, v05}, "V06": {plan, false, v06},
}
