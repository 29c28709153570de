#pragma once

#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// The training programmes of all buyers: what they ask for each month, and what they have.
class Programmes {
public:
  explicit Programmes(const World& world);

  /// Money that the programmes of `buyer` ask for in the month of `date`, where one useful unit of
  /// reference costs `cost`.
  Usd ask(BuyerId buyer, Usd cost, Date date);

  /// Divides the `useful` units that were bought among the programmes, by what each asked for last.
  void take(BuyerId buyer, double useful);

private:
  struct Cluster {
    double had = 0.0;  // Useful units.
    Usd asked;         // In this month.
  };

  const World& world_;
  std::vector<std::vector<Cluster>> clusters_;  // By buyer and programme.
};

}  // namespace chokepoint
