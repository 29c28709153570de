#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/serving/nanoseconds.hpp"
#include "models/serving/request.hpp"
#include "models/workload/arrivals.hpp"
#include "models/workload/lengths.hpp"

namespace chokepoint {

/// Lengths of requests from a moment of their curve's period on.
struct LengthStep {
  Seconds from;
  Lengths prompt, output;
};

/// Requests at random, whatever becomes of them, without end: arrivals by a curve of rates, lengths
/// by chance. Draws from the streams "NAME/arrivals", "NAME/prompts" and "NAME/outputs", so that
/// another rate leaves lengths as they are.
class OpenLoop : public RequestSource {
public:
  /// Requires: a step of lengths from 0 on, others after it in order.
  OpenLoop(RateCurve curve, std::vector<LengthStep> lengths, std::uint64_t seed,
           const std::string& name);

  std::optional<Nanoseconds> next_arrival() override;
  std::optional<Request> next() override;

private:
  Seconds period_;
  Arrivals arrivals_;
  std::vector<LengthStep> lengths_;
  RandomStream prompts_, outputs_;
  std::optional<Seconds> due_;
  std::uint64_t made_ = 0;
};

/// The requests of another source in their order, with arrivals by a curve of rates: for logs that
/// hold lengths and no times. Draws from the stream "NAME/arrivals".
class Retimed : public RequestSource {
public:
  Retimed(std::unique_ptr<RequestSource> of, RateCurve curve, std::uint64_t seed,
          const std::string& name);

  std::optional<Nanoseconds> next_arrival() override;
  std::optional<Request> next() override;

private:
  void date_next();

  std::unique_ptr<RequestSource> of_;
  Arrivals arrivals_;
  std::optional<Request> ready_;
};

}  // namespace chokepoint
