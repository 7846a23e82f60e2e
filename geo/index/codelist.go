package index

// codeList is a list of numbers in as many bytes each as the largest needs.
type codeList struct {
	one  []uint8
	two  []uint16
	four []uint32
	n    int
}

func (l *codeList) len() int { return l.n }

func (l *codeList) add(code uint32) {
	if l.four == nil && code >= 1<<16 {
		l.four = make([]uint32, l.n, l.n+l.n/4+1)
		for k, code := range l.one {
			l.four[k] = uint32(code)
		}
		for k, code := range l.two {
			l.four[k] = uint32(code)
		}
		l.one, l.two = nil, nil
	}
	if l.four == nil && l.two == nil && code >= 1<<8 {
		l.two = make([]uint16, l.n, l.n+l.n/4+1)
		for k := range l.two {
			l.two[k] = uint16(l.one[k])
		}
		l.one = nil
	}
	switch {
	case l.four != nil:
		l.four = append(l.four, code)
	case l.two != nil:
		l.two = append(l.two, uint16(code))
	default:
		l.one = append(l.one, uint8(code))
	}
	l.n++
}

func (l *codeList) get(k int) uint32 {
	switch {
	case l.four != nil:
		return l.four[k]
	case l.two != nil:
		return uint32(l.two[k])
	}
	return uint32(l.one[k])
}
