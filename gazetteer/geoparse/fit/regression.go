package fit

import "math"

// row is an example of a logistic regression.
type row struct {
	x      []float64
	y      float64 // 1 or 0
	weight float64
}

// choice is an example of a softmax regression: the features of its readings,
// and which of them are right.
type choice struct {
	x      [][]float64
	right  []bool
	weight float64
}

// gradient adds to g the gradient of the log-likelihood of the examples.
type gradient func(w, g []float64)

func logistic(rows []row) gradient {
	return func(w, g []float64) {
		for _, r := range rows {
			off := r.weight * (r.y - 1/(1+math.Exp(-dot(w, r.x))))
			for k, x := range r.x {
				g[k] += off * x
			}
		}
	}
}

// softmax maximises the probability that all right readings have together.
func softmax(choices []choice) gradient {
	return func(w, g []float64) {
		var p []float64
		for _, c := range choices {
			p = p[:0]
			top, sum, right := math.Inf(-1), 0.0, 0.0
			for _, x := range c.x {
				p = append(p, dot(w, x))
				top = math.Max(top, p[len(p)-1])
			}
			for j := range p {
				p[j] = math.Exp(p[j] - top)
				sum += p[j]
				if c.right[j] {
					right += p[j]
				}
			}
			for j, x := range c.x {
				off := -p[j] / sum
				if c.right[j] {
					off += p[j] / right
				}
				for k := range x {
					g[k] += c.weight * off * x[k]
				}
			}
		}
	}
}

func dot(w, x []float64) float64 {
	sum := 0.0
	for k := range x {
		sum += w[k] * x[k]
	}
	return sum
}

// The steps of ascend, by Adam (Kingma and Ba 2015, "Adam: a method for
// stochastic optimization"), on all examples at once.
const (
	steps    = 1500
	stepSize = 0.03
	decay1   = 0.9
	decay2   = 0.999
)

// ascend climbs from the weights w, in place, to those that maximise the
// likelihood less pull/2 times the square of the way from home. Weights that
// are fixed stay.
func ascend(w, home []float64, fixed []bool, pull float64, likelihood gradient) {
	g, m, v := make([]float64, len(w)), make([]float64, len(w)), make([]float64, len(w))
	for step := 1; step <= steps; step++ {
		for k := range g {
			g[k] = pull * (home[k] - w[k])
		}
		likelihood(w, g)
		rate := stepSize * math.Sqrt(1-math.Pow(decay2, float64(step))) / (1 - math.Pow(decay1, float64(step)))
		if step > steps/2 {
			rate *= 2 * (1 - float64(step)/steps)
		}
		for k := range w {
			if fixed != nil && fixed[k] {
				continue
			}
			m[k] = decay1*m[k] + (1-decay1)*g[k]
			v[k] = decay2*v[k] + (1-decay2)*g[k]*g[k]
			w[k] += rate * m[k] / (math.Sqrt(v[k]) + 1e-9)
		}
	}
}
