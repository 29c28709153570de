#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/policy/regime.hpp"

namespace chokepoint {

/// An attribute that was not given and on which the verdict turns.
struct OpenQuestion {
  Attribute attribute = Attribute::Tpp;
  Ruling ruling;  ///< The strictest that a figure of it would bring: stricter than what is known.
  bool by_law = false;  ///< Standing::Law says so; else a letter, guidance or practice.
};

/// The attributes of the thing in `shipment` that are not known, and of which some figure would
/// bring a stricter verdict, by attribute. Figures tried are those on both sides of every bound
/// that a rule or an exception sets on it. A die whose TPP nobody states is judged by what Note 1
/// to 3A090 presumes of it, and its TPP and density are no open question. Pure.
std::vector<OpenQuestion> open_questions(const Regime& regime, const Shipment& shipment, Date date);

/// What would be said if listed parties owned a buyer without a name of whose owners nothing is
/// given; nothing where that is not stricter.
std::optional<Ruling> ruling_if_owned(const Regime& regime, const Shipment& shipment, Date date);

/// "density (--die-area-mm2), I/O bandwidth (--io-bandwidth-gb-s)".
std::string attributes_asked_for(const std::vector<OpenQuestion>& questions);

}  // namespace chokepoint
