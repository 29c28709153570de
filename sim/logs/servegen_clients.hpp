#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "models/serving/request.hpp"
#include "models/serving/sources/open_loop.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// What ServeGen states of one client: rates and gaps by windows of a day, and lengths.
struct ServeGenClient {
  std::string name;  ///< "chunk-12".
  RateCurve rate;
  std::vector<LengthStep> lengths;
};

/// All clients of a folder that holds chunk-N-trace.csv and chunk-N-dataset.json, in order of N, or
/// the one client of such a trace. Complains of what is missing and of what is wrong, all of it.
std::vector<ServeGenClient> read_servegen_clients(const std::filesystem::path& path,
                                                  Diagnostics& found);

/// Requests of one period of these clients, drawn at random: Gamma or Weibull gaps of the stated
/// shape at the stated rate. Requires: at least one client.
std::unique_ptr<RequestSource> source_of(const std::vector<ServeGenClient>& clients,
                                         std::uint64_t seed);

}  // namespace chokepoint
