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

/// The multiple of first choices at which a budget's money is spent or waits, were number `own` not
/// sold out. What still can be had, `open` dollars at first, and it itself take the multiple of
/// what was asked of them at first; the others take what SoldOut::taken() says. Continuous in all
/// that is given. Requires: money >= all first choices.
double multiple_without(const std::vector<SoldOut>& sold_out, std::size_t own, double open,
                        double money);

}  // namespace chokepoint
