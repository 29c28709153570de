#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "models/serving/request.hpp"
#include "sim/logs/log_requests.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// The load that a benchmark put on a server, as vLLM's and SGLang's results state it.
struct BenchmarkLoad {
  std::vector<Request> requests;     ///< In order; arrivals as measured, else 0.
  bool has_arrivals = false;         ///< Start times were saved.
  std::optional<double> rate;        ///< Requests a second that were asked for; unset: no limit.
  double burstiness = 1;             ///< Shape of Gamma gaps.
  std::uint32_t concurrency = 0;     ///< Most in flight; 0: no limit.
  bool has_means_only = false;       ///< Every length is the mean.
  std::uint64_t without_tokens = 0;  ///< Left out: they failed.
};

/// Reads the result of one run. Complains where it holds none, or several, or says too little.
std::optional<BenchmarkLoad> read_benchmark_load(const std::filesystem::path& path,
                                                 Diagnostics& found);

/// The same load again: arrivals as measured; else at the rate, of Gamma gaps; else a closed loop.
std::unique_ptr<RequestSource> source_of(const BenchmarkLoad& load, std::uint64_t seed);

}  // namespace chokepoint
