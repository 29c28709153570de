#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "models/serving/fleet.hpp"
#include "models/serving/transfer_fabric.hpp"

namespace chokepoint {

/// What transfers of caches did in all.
struct TransferTally {
  std::int64_t transfers = 0;     ///< That ended.
  Bytes bytes;                    ///< Over the links, of those.
  Seconds taken, alone;           ///< Of all together, and had each been alone.
  std::int64_t most_at_once = 0;  ///< Under way.
};

/// Hands over caches of a fleet whose pools read and decode apart, as SimGrid's activities on the
/// network of its nodes: a flow each, and where pools differ in format a conversion before it or
/// after it. Flows share links by max-min fairness.
///
///   alone   = latency + bytes / slowest link + conversion,  to the nanosecond
///
/// In SimGrid's terms: model CM02 with latency and bandwidth factors of 1, no weight of links, no
/// window (TCP-gamma 0), no acknowledgements (crosstraffic 0); links without latency, which passes
/// before the flow begins; bytes whole. Dates of SimGrid are doubles, and its clock goes on from
/// one replay of a process to the next: nanoseconds are exact up to fifty days of all together, but
/// for how a part of one is rounded.
///
///   FabricTransfers transfers(spec, fabric);
///   spec.transfers = &transfers;
///   Fleet fleet(spec, observer);
///   transfers.run(fleet, source);
class FabricTransfers : public KvTransfers {
public:
  /// Hears of each event's date before it happens, such as to look at the fleet at dates of its
  /// own.
  using Watcher = std::function<void(Nanoseconds next)>;

  /// Requires: fabric_complaint() empty.
  FabricTransfers(FleetSpec spec, TransferFabric fabric);
  ~FabricTransfers() override;
  FabricTransfers(const FabricTransfers&) = delete;
  FabricTransfers& operator=(const FabricTransfers&) = delete;

  /// Called by the fleet that run() drives. Nothing: the end is not known yet.
  std::optional<Nanoseconds> start(const KvTransfer& transfer, Nanoseconds at) override;

  /// Handles all events of `fleet`, and of SimGrid between them, until the source has no more and
  /// the fleet is empty. What source, observer or watcher throws ends the run and is thrown again
  /// here. Requires: the fleet has the pools of `spec` and had no event yet. Throws
  /// std::logic_error where another simulation of this process is under way.
  void run(Fleet& fleet, RequestSource& source, const Watcher& watcher = {});

  /// Of all runs.
  const TransferTally& tally() const { return tally_; }

private:
  class Driver;

  FleetSpec spec_;
  TransferFabric fabric_;
  TransferTally tally_;
  std::unique_ptr<Driver> driver_;  // While it runs.
};

}  // namespace chokepoint
