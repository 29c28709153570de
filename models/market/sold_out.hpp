#pragma once

#include <cstddef>
#include <vector>

namespace chokepoint {

/// A bid of one budget that is sold out, in dollars. Of what is asked of it beyond its sales, a
/// part waits.
struct SoldOut {
  double first = 0.0;  ///< Asked of it at first, > 0.
  double sold = 0.0;   ///< To this budget, >= 0.
  double waits = 0.0;  ///< The part that waits: exp(-wait cost), see Bid; in [0, 1].
  double most = 0.0;   ///< Sold and waiting together, by mandate; >= sold.

  /// Sold or waiting, where it is asked for `multiple` times as much as at first.
  double taken(double multiple) const;
};

/// How a budget's money divides among what is sold out and what still can be had.
class SpentBudget {
public:
  /// `open`: dollars asked at first for what can still be had.
  /// Requires: money >= all first choices.
  SpentBudget(const std::vector<SoldOut>& sold_out, double open, double money);

  /// The multiple of first choices at which the money is spent or waits, were number `own` not sold
  /// out. What still can be had and it itself take the multiple of what was asked of them at first;
  /// the others take what SoldOut::taken() says. Continuous in all that is given. The search begins
  /// at `from`, and is the sooner done the nearer that is; the answer does not depend on it.
  /// Requires: from >= 0.
  double multiple_without(std::size_t own, double from = 0.0) const;

private:
  // What one takes is linear in the multiple up to `waits_from`, from there to `full_from`, and
  // beyond: fixed + slope * multiple.
  struct Taken {
    double first = 0.0, waits_from = 0.0;
    double fixed = 0.0, slope = 0.0, full_from = 0.0;
    double most = 0.0;
  };

  std::vector<Taken> taken_;
  double open_, money_;
};

}  // namespace chokepoint
