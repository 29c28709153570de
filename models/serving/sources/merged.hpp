#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "models/serving/request.hpp"

namespace chokepoint {

/// Several sources at once. At one moment the first of them comes first. Ids and sessions get names
/// that none shares with another; blocks keep theirs, so that one source may know those of another.
class Merged : public RequestSource {
public:
  explicit Merged(std::vector<std::unique_ptr<RequestSource>> of);

  std::optional<Nanoseconds> next_arrival() override;
  std::optional<Request> next() override;
  void ended(const RequestEnd& end) override;

private:
  /// Dates source `i` anew, in logarithmic time.
  void date(std::size_t i);

  std::vector<std::unique_ptr<RequestSource>> of_;
  std::vector<std::optional<Nanoseconds>> dated_;
  std::set<std::pair<Nanoseconds, std::size_t>> due_;
};

}  // namespace chokepoint
