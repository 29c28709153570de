#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "models/serving/request.hpp"

namespace chokepoint {

/// The requests of a list. Requires: they are in order of arrival.
class Listed : public RequestSource {
public:
  explicit Listed(std::vector<Request> requests);

  std::optional<Nanoseconds> next_arrival() override;
  std::optional<Request> next() override;

private:
  std::vector<Request> requests_;
  std::size_t at_ = 0;
};

}  // namespace chokepoint
