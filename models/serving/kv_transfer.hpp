#pragma once

#include <cstdint>
#include <optional>

#include "models/serving/nanoseconds.hpp"
#include "models/serving/request.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// The cache of a prompt on its way from the replica that read it to the one that decodes.
struct KvTransfer {
  std::uint64_t request = 0;
  std::uint32_t from = 0, to = 0;  ///< Replicas of the fleet.
  Bytes bytes;                     ///< As the reading replica keeps it,
  Bytes kept;                      ///< and as the one that decodes will.
};

/// How long transfers take: whoever owns the links knows.
class KvTransfers {
public:
  virtual ~KvTransfers() = default;

  /// Starts one at `at` and returns when it ends, later than `at`; nothing where that is not known
  /// yet: the owner of the fleet then tells it, by Fleet::transferred().
  virtual std::optional<Nanoseconds> start(const KvTransfer& transfer, Nanoseconds at) = 0;
};

/// Transfers that do not hinder each other:  latency + bytes / bandwidth.
class UncontendedTransfers : public KvTransfers {
public:
  /// Requires: bandwidth positive.
  UncontendedTransfers(Seconds latency, BytesPerSecond bandwidth)
      : latency_(latency), bandwidth_(bandwidth) {}

  std::optional<Nanoseconds> start(const KvTransfer& transfer, Nanoseconds at) override {
    const Seconds taken = latency_ + transfer.bytes / bandwidth_;
    return at + 1 + to_nanoseconds(taken);
  }

private:
  Seconds latency_;
  BytesPerSecond bandwidth_;
};

}  // namespace chokepoint
