package web

import (
	"net/url"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

// maySee reports whether a visitor may see an incident: what is published is
// open to everyone; with --public drafts so is what is a draft; signed in,
// everything is.
func (s *Server) maySee(v visitor, i *geo.Incident) bool {
	return v.signedIn() || s.open().Match(i)
}

// open selects what everyone may see.
func (s *Server) open() geo.Filter {
	statuses := geo.In{Field: "status", Values: []any{string(geo.Published)}}
	if s.PublicDrafts {
		statuses.Values = append(statuses.Values, string(geo.Reviewed), string(geo.Draft))
	}
	return geo.Filter{Expr: geo.And{statuses, geo.Compare{Field: "weak", Op: geo.Eq, Value: false}}}
}

// view narrows a filter to what the visitor may see. Signed in, retracted and
// weak incidents are left out unless the parameters ask for status or weak.
func (s *Server) view(v visitor, f geo.Filter, params url.Values) geo.Filter {
	if !v.signedIn() {
		return f.And(s.open().Expr)
	}
	if !params.Has("status") {
		f = f.And(geo.Not{Expr: geo.Compare{Field: "status", Op: geo.Eq, Value: string(geo.Retracted)}})
	}
	if !params.Has("weak") {
		f = f.And(geo.Compare{Field: "weak", Op: geo.Eq, Value: false})
	}
	return f
}

// shown is an incident as the visitor may have it: names of private persons
// leave only signed in, where they are not to be hidden all the same.
func shown(v visitor, i geo.Incident) geo.Incident {
	if v.signedIn() && !v.veils {
		return i
	}
	return geo.Redact(i)
}

// namesHidden reports whether a request wants the names of private persons
// hidden although its visitor may see them. Another value than that is refused,
// so that a misspelt one shows no names.
func namesHidden(c echo.Context) (bool, error) {
	switch text := c.QueryParam(namesParam); text {
	case "":
		return false, nil
	case "hidden":
		return true, nil
	default:
		return false, geo.Invalid(namesParam, "%q: there is hidden alone", text)
	}
}

const namesParam = "names"
