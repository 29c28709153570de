#include "models/market/choice.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

bool is_choosable(const ChoiceOption& offer) {
  return offer.available && offer.utility > kNever;
}

}  // namespace

std::vector<double> choice_shares(std::span<const ChoiceOption> offers, double nest_scale) {
  return NestedLogit(nest_scale).shares(offers);
}

NestedLogit::NestedLogit(double nest_scale) : nest_scale_(nest_scale) {
  assert(0.0 < nest_scale && nest_scale <= 1.0);
}

// Exponents are taken from the best offer of the nest, and those of nests from the best nest, so
// that no utility is too large or too small.
const std::vector<double>& NestedLogit::shares(std::span<const ChoiceOption> offers) {
  find_nests(offers);
  shares_.assign(offers.size(), 0.0);
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (!is_choosable(offers[i])) continue;
    Nest& nest = nests_[nest_of_offer_[i]];
    shares_[i] = std::exp((offers[i].utility - nest.best) / nest_scale_);
    nest.sum += shares_[i];
  }
  share_among_nests();
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (!is_choosable(offers[i])) continue;
    const Nest& nest = nests_[nest_of_offer_[i]];
    shares_[i] *= nest.share / nest.sum;
  }
  return shares_;
}

// Nests are few, and offers of one nest mostly stand together.
std::size_t NestedLogit::nest_of(const ChoiceOption& offer) {
  const auto found = std::find_if(nests_.rbegin(), nests_.rend(),
                                  [&](const Nest& nest) { return nest.name == offer.nest; });
  if (found != nests_.rend()) return static_cast<std::size_t>(nests_.rend() - found) - 1;
  nests_.push_back({offer.nest, kNever, 0.0, 0.0});
  return nests_.size() - 1;
}

void NestedLogit::find_nests(std::span<const ChoiceOption> offers) {
  nests_.clear();
  nest_of_offer_.resize(offers.size());
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (!is_choosable(offers[i])) continue;
    assert(offers[i].utility < std::numeric_limits<double>::infinity());
    nest_of_offer_[i] = nest_of(offers[i]);
    Nest& nest = nests_[nest_of_offer_[i]];
    nest.best = std::max(nest.best, offers[i].utility);
  }
}

// S(m)^scale = exp(best + scale * ln(sum)).
void NestedLogit::share_among_nests() {
  double best = kNever;
  for (Nest& nest : nests_) {
    nest.share = nest.best + nest_scale_ * std::log(nest.sum);
    best = std::max(best, nest.share);
  }
  double total = 0.0;
  for (Nest& nest : nests_) {
    nest.share = std::exp(nest.share - best);
    total += nest.share;
  }
  for (Nest& nest : nests_) nest.share /= total;
}

}  // namespace chokepoint
