package geo

// NewCounts gives counts of nothing.
func NewCounts() Counts {
	return Counts{ByDay: map[Day]int{}, ByType: map[string]int{}, ByCountry: map[string]int{}, ByStatus: map[Status]int{}}
}

// Add counts an incident: once in each country of its sites.
func (c *Counts) Add(i *Incident) {
	c.Total++
	c.ByType[i.Type]++
	c.ByStatus[i.Status]++
	day := i.When.End
	if day == "" {
		day = i.When.Start
	}
	if day == "" {
		c.Undated++
	} else {
		c.ByDay[day]++
	}
	if !i.Located() {
		c.Unlocated++
	}
	f, _ := FieldByName("country")
	seen := map[string]bool{}
	for _, v := range f.Asked(i) {
		country, _ := v.(string)
		if !seen[country] {
			seen[country] = true
			c.ByCountry[country]++
		}
	}
}
