#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint {

/// One thing that a buyer may choose.
struct ChoiceOption {
  std::uint32_t nest = 0;  ///< Offers of one nest replace each other more closely than others.
  double utility = 0.0;    ///< -infinity: never chosen.
  bool available = true;
};

/// Share of its money that a buyer wants to spend on each offer, by nested logit:
///
///   S(m) = sum over available j in nest m of  exp(u_j / nest_scale)
///   share(i) = exp(u_i / nest_scale) / S(m)  *  S(m)^nest_scale / sum over k of S(k)^nest_scale
///
/// The shares add up to 1, and to 0 where nothing is available. A nest scale of 1 is plain logit;
/// towards 0 the best of a nest takes what the nest gets, and offers of the same worth in another
/// nest stay as they are.
/// A better offer never loses, and to take an offer away never lowers another's share.
/// Requires: nest_scale in (0, 1], utilities below infinity.
/// Source: McFadden, "Modelling the choice of residential location", 1978.
std::vector<double> choice_shares(std::span<const ChoiceOption> offers, double nest_scale);

/// The same, for many questions in a row: keeps its working memory between them.
class NestedLogit {
public:
  /// Requires: nest_scale in (0, 1].
  explicit NestedLogit(double nest_scale);

  /// As choice_shares(); valid until the next call.
  const std::vector<double>& shares(std::span<const ChoiceOption> offers);

private:
  struct Nest {
    std::uint32_t name = 0;
    double best = 0.0;  // Utility of its best available offer.
    double sum = 0.0;   // Of exp((utility - best) / scale) over its available offers.
    double share = 0.0;
  };

  std::size_t nest_of(const ChoiceOption& offer);
  void find_nests(std::span<const ChoiceOption> offers);
  void share_among_nests();

  double nest_scale_;
  std::vector<Nest> nests_;
  std::vector<std::size_t> nest_of_offer_;
  std::vector<double> shares_;
};

}  // namespace chokepoint
