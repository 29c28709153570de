#pragma once

#include <cstdint>
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
/// before the flow begins; bytes whole. Dates of SimGrid are doubles: nanoseconds of a replay are
/// exact up to fifty days.
///
///   FabricTransfers transfers(spec, fabric);
///   spec.transfers = &transfers;
///   Fleet fleet(spec, observer);
///   transfers.run(fleet, source);
class FabricTransfers : public KvTransfers {
public:
  /// Requires: fabric_complaint() empty; nothing of `spec` but its transfers changes before run();
  /// this process has simulated nothing with SimGrid, else std::logic_error.
  FabricTransfers(const FleetSpec& spec, const TransferFabric& fabric);
  ~FabricTransfers() override;
  FabricTransfers(const FabricTransfers&) = delete;
  FabricTransfers& operator=(const FabricTransfers&) = delete;

  /// Called by the fleet that run() drives. Nothing: the end is not known yet.
  std::optional<Nanoseconds> start(const KvTransfer& transfer, Nanoseconds at) override;

  /// Handles all events of `fleet`, and of SimGrid between them, until the source has no more and
  /// the fleet is empty. Once. What the source or the fleet's observer throws ends the run and is
  /// thrown again here.
  void run(Fleet& fleet, RequestSource& source);

  const TransferTally& tally() const;

private:
  class Driver;
  std::unique_ptr<Driver> driver_;
};

}  // namespace chokepoint
