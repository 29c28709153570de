#pragma once

#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/trace/event.hpp"

namespace chokepoint::made {

/// The world of 2025 in which made events happen: pool "north/h20" holds device "h20" of "nvidia",
/// US, and "north/910c" holds "910c" of "huawei", CN; "alibaba" orders either as "h20_national" and
/// "910c_national"; "lab" uses chips; job "pretrain" wants 1e12 tokens; service "chat"; rules
/// "letter" and "later" (US) and "guidance" (CN), exception "license", quota "half"; supply "line"
/// of component "package" at stage "cowos"; figures "peak" and "bandwidth". It lives for ever.
const World& world();

/// 00:00 of `date`.
Seconds at(const std::string& date);

DeliveryDue due(const std::string& date, double units, const std::string& device = "h20",
                const std::string& order = "h20_national");
ShipmentDelivered delivered(const std::string& date, double units,
                            const std::string& device = "h20", bool substitute = false,
                            const std::string& order = "h20_national");
/// A delivery with what it earned.
ShipmentDelivered paid(const std::string& date, double units, double revenue_usd,
                       double receipts_usd);
DeliveryBackordered short_of_supply(const std::string& date, double units,
                                    const std::string& device);
/// 0.93 packages for one more unit of stage "cowos", unless told otherwise.
SupplyBottleneck bottleneck(const std::string& date, double made, double devices_per_unit = 0.93);
OrderClosed closed(const std::string& date, double ordered, double delivered, double refused,
                   double outstanding);
/// Of the pool, site, service or job of this name.
CounterSampled sampled(const std::string& date, Counter counter, const std::string& subject,
                       double value);

/// Refused by the exporter, US, under "letter", unless told otherwise. Each package loses 0.5
/// H100e of training, 0.25 of prefill and 1 of decode; the least certain inputs are "peak", "peak"
/// and "bandwidth".
ShipmentRefused refused(const std::string& date, double units, Gate gate = Gate::Exporter,
                        const std::string& device = "h20");

/// Two months of H20: 1000 ordered and 600 delivered in March, the rest on its way; 1000 ordered
/// in April and all refused. 400 of March arrive in April.
std::vector<TraceEvent> two_months();

}  // namespace chokepoint::made
