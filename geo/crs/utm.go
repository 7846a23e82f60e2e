package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// utmZone is the transverse Mercator projection of a zone, by Krüger's series in
// the third flattening to its sixth order (Karney 2011, Transverse Mercator with
// an accuracy of a few nanometers, equations 7 to 11, 35 and 36).
type utmZone struct {
	meridian float64 // degrees
	north    float64 // false northing in metres
}

const (
	utmScale  = 0.9996
	falseEast = 500_000
	// farthest from its meridian, in degrees, that a zone is asked for: farther
	// out the series is not good for a millimetre.
	farthest = 60
)

var (
	n       = flattening / (2 - flattening)
	eccSq   = flattening * (2 - flattening)
	ecc     = math.Sqrt(eccSq)
	rectify = majorM / (1 + n) * (1 + n*n/4 + math.Pow(n, 4)/64 + math.Pow(n, 6)/256) // radius of the rectifying sphere

	alpha = [6]float64{
		polynomial(1, 1./2, -2./3, 5./16, 41./180, -127./288, 7891./37800),
		polynomial(2, 13./48, -3./5, 557./1440, 281./630, -1983433./1935360),
		polynomial(3, 61./240, -103./140, 15061./26880, 167603./181440),
		polynomial(4, 49561./161280, -179./168, 6601661./7257600),
		polynomial(5, 34729./80640, -3418889./1995840),
		polynomial(6, 212378941./319334400),
	}
	beta = [6]float64{
		polynomial(1, 1./2, -2./3, 37./96, -1./360, -81./512, 96199./604800),
		polynomial(2, 1./48, 1./15, -437./1440, 46./105, -1118711./3870720),
		polynomial(3, 17./480, -37./840, -209./4480, 5569./90720),
		polynomial(4, 4397./161280, -11./504, -830251./7257600),
		polynomial(5, 4583./161280, -108847./3991680),
		polynomial(6, 20648693./638668800),
	}
)

// polynomial in n whose first term has this power.
func polynomial(power int, terms ...float64) float64 {
	sum := 0.0
	for k, t := range terms {
		sum += t * math.Pow(n, float64(power+k))
	}
	return sum
}

func (z utmZone) forward(p orb.Point) (orb.Point, bool) {
	lon := math.Remainder(p.Lon()-z.meridian, 360)
	if _, ok := degrees(p); !ok || math.Abs(lon) > farthest {
		return orb.Point{}, false
	}
	l, t := lon*math.Pi/180, math.Tan(p.Lat()*math.Pi/180)
	tc := conformal(t)
	xi, eta := math.Atan2(tc, math.Cos(l)), math.Asinh(math.Sin(l)/math.Hypot(tc, math.Cos(l)))
	x, y := eta, xi
	for k, a := range alpha {
		j := 2 * float64(k+1)
		y += a * math.Sin(j*xi) * math.Cosh(j*eta)
		x += a * math.Cos(j*xi) * math.Sinh(j*eta)
	}
	return orb.Point{falseEast + utmScale*rectify*x, z.north + utmScale*rectify*y}, true
}

func (z utmZone) inverse(p orb.Point) (orb.Point, bool) {
	eta, xi := (p[0]-falseEast)/(utmScale*rectify), (p[1]-z.north)/(utmScale*rectify)
	if math.IsNaN(xi) || math.Abs(xi) > math.Pi/2 || math.IsNaN(eta) || math.Abs(eta) > 2 {
		return orb.Point{}, false
	}
	x, y := eta, xi
	for k, b := range beta {
		j := 2 * float64(k+1)
		y -= b * math.Sin(j*xi) * math.Cosh(j*eta)
		x -= b * math.Cos(j*xi) * math.Sinh(j*eta)
	}
	tc := math.Sin(y) / math.Hypot(math.Sinh(x), math.Cos(y))
	lon := math.Atan2(math.Sinh(x), math.Cos(y)) * 180 / math.Pi
	if math.Abs(lon) > farthest {
		return orb.Point{}, false
	}
	return orb.Point{math.Remainder(z.meridian+lon, 360), math.Atan(geographic(tc)) * 180 / math.Pi}, true
}

// conformal is the tangent of the conformal latitude, t that of the geographic one.
func conformal(t float64) float64 {
	sigma := math.Sinh(ecc * math.Atanh(ecc*t/math.Hypot(1, t)))
	return t*math.Hypot(1, sigma) - sigma*math.Hypot(1, t)
}

// geographic turns conformal round, by Newton's method.
func geographic(tc float64) float64 {
	t := tc / (1 - eccSq)
	for range 5 {
		c := conformal(t)
		t += (tc - c) / math.Hypot(1, c) * (1 + (1-eccSq)*t*t) / ((1 - eccSq) * math.Hypot(1, t))
	}
	return t
}
