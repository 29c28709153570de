#pragma once

#include <string>

#include "tools/report/fold.hpp"

namespace chokepoint::made {

/// Nanoseconds from the epoch, 2025-01-01, to 00:00 of `date`.
std::uint64_t at(const std::string& date);

TimedFact due(const std::string& date, double units, const std::string& device = "h20",
              const std::string& order = "h20_national");
TimedFact delivered(const std::string& date, double units, const std::string& device = "h20",
                    bool substitute = false, const std::string& order = "h20_national");
/// A delivery with what it earned.
TimedFact paid(const std::string& date, double units, double revenue_usd, double receipts_usd);
TimedFact short_of_supply(const std::string& date, double units, const std::string& device);
TimedFact closed(const std::string& date, double ordered, double delivered, double refused,
                 double outstanding);
TimedFact sampled(const std::string& date, const std::string& counter, const std::string& subject,
                  double value);

/// Refused by the exporter, US, under "letter", unless told otherwise. Each package loses 0.5
/// H100e of training, 0.25 of prefill and 1 of decode; the least certain inputs are "peak", "peak"
/// and "bandwidth".
TimedFact refused(const std::string& date, double units, pb::HoldingGate gate = pb::EXPORTER,
                  const std::string& device = "h20");

/// From 2025-01-01; pool "north/h20" holds device "h20" of "nvidia", "north/910c" holds "910c" of
/// "huawei"; job "pretrain" wants 1e12 tokens; rules "letter" (US) and "guidance" (CN).
pb::Manifest manifest(const std::string& scenario = "as_it_was",
                      pb::RefusedBudget refused_budget = pb::NOTHING_BOUGHT);

RunAccount account(const pb::Manifest& manifest, const std::vector<TimedFact>& facts);

/// Two months of H20: 1000 ordered and 600 delivered in March, the rest on its way; 1000 ordered
/// in April and all refused. 400 of March arrive in April.
std::vector<TimedFact> two_months();

}  // namespace chokepoint::made
