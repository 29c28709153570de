#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/network/group_collectives.hpp"
#include "tools/fleet/cluster.hpp"
#include "tools/network/network_designs.hpp"

namespace chokepoint {

/// A collective as it is asked for: KIND:BYTES:DEVICES[:FIRST[:STRIDE]], such as
/// "all-reduce:1GiB:64:0:8".
struct CollectiveJob {
  CollectiveKind kind = CollectiveKind::AllReduce;
  Bytes bytes;
  std::uint32_t devices = 0;  ///< 0: all from the first on.
  std::uint32_t first = 0, stride = 1;
};

/// What is asked of `estimate collective`, as it was written.
struct CollectiveQuestion {
  std::string cluster, kind, bytes;
  std::vector<std::string> sets;  ///< PATH=VALUE, sound ones.
  std::uint32_t devices = 0, first = 0, stride = 1;
  std::optional<std::uint32_t> servers;  ///< Of each pool; else as the cluster has it.
  std::string network = "rail_optimised";
  std::optional<double> oversubscription;
  std::optional<std::uint32_t> leaf_ports;
  std::vector<std::string> beside;
  bool flows = false;
};

/// Why a question has no answer, with the exit code.
struct CollectiveRefusal {
  std::string message, help;
  bool is_infeasible = false;
};

/// A pool of the cluster and the servers that stand for it.
struct NetworkPool {
  std::string name;
  const NodeSpec* node = nullptr;
  const DeviceSpec* device = nullptr;
  ServerGroup servers;
  bool shape_is_stated = false, scaleup_is_measured = false;
};

/// What is understood of a question.
struct CollectiveSubject {
  NetworkDesign design;
  std::vector<NetworkPool> pools;
  ClusterNetworkSpec spec;
  CollectiveJob asked;
  std::vector<CollectiveJob> beside;
};

/// "1GiB", "64 MB", "1e9": bytes, kB, MB, GB, TB of 1000 each, KiB, MiB, GiB, TiB of 1024. Nothing
/// where it is no such size, or not from 1 byte to 1 PB.
std::optional<Bytes> read_bytes(const std::string& text);

/// Nothing where `text` is no job; what is wrong is then in `refusal`.
std::optional<CollectiveJob> read_job(const std::string& text, CollectiveRefusal& refusal);

/// Devices of `job` in the order of their ranks.
std::vector<std::uint32_t> devices_of(const CollectiveJob& job);

/// Reads cluster and networks. Nothing after errors in files, which are in `found`. `cluster` keeps
/// what the subject refers to.
std::optional<std::variant<CollectiveSubject, CollectiveRefusal>> understand(
    const CollectiveQuestion& question, const std::filesystem::path& root,
    std::optional<Cluster>& cluster, Diagnostics& found);

/// Why the devices of `job` make no group of `network`; nothing where they do.
std::optional<CollectiveRefusal> refusal_of(const CollectiveJob& job,
                                            const ClusterNetwork& network);

}  // namespace chokepoint
