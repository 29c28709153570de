#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/text/diagnostics.hpp"
#include "tools/estimate/serving_catalog.hpp"

namespace chokepoint {

/// A cluster as its file describes it: sites with pools, and perhaps how a model is served there.
struct Cluster {
  std::filesystem::path file;
  Composed composed;
  ServingCatalog world;
};

/// Names of the clusters below `root`/scenarios/clusters, sorted.
std::vector<std::string> cluster_names(const std::filesystem::path& root);

/// Reads the cluster that `argument` means: a file, or the name of a shipped one, with `sets`
/// applied. Nothing after errors, which are in `found`: a name that is not known, a file that is
/// wrong, one without a pool or a chip, and sites with less power than their servers take.
std::optional<Cluster> load_cluster(const std::string& argument,
                                    const std::vector<Assignment>& sets,
                                    const std::filesystem::path& root, Diagnostics& found);

/// Packages of `pool`, whole ones.
int devices_of(const World& world, PoolId pool);

}  // namespace chokepoint
