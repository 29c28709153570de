#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/training/gang_size.hpp"
#include "tools/estimate/training/training_question.hpp"
#include "tools/size/fleet_cost.hpp"
#include "tools/size/site.hpp"

namespace chokepoint {

/// What a planner asks: how large a gang of each kind is to be.
struct TrainingSizeQuestion {
  /// Model, sequence, batch, format, prices; its device, devices and degrees are not looked at.
  TrainingQuestion of;
  TrainingRunTarget target;
  std::vector<std::string> devices;  ///< Names; empty: default_kinds().
  bool asks_all = false;             ///< All that can be estimated, where none is named.
  std::optional<Date> on;            ///< Day of buying: what is sold later is left out.
  int most = 65'536;                 ///< Devices of a gang at most.
};

/// The answer for one kind of device.
struct SizedGangKind {
  std::string device;
  std::string left_out;  ///< Why it was not looked at; empty: it was.
  SiteRuling ruling;     ///< Of the site, where there is one.
  std::optional<TrainingSubject> subject;
  GangSearch found;
  FleetCost cost;          ///< While the run lasts; of the least gang.
  std::optional<Usd> run;  ///< Of the whole run; nothing where no price is known.
};

/// Every kind: those that make it first, cheapest run first, those without a price by devices after
/// them; then those that do not; then those left out.
std::vector<SizedGangKind> size_gangs(const TrainingSizeQuestion& question,
                                      const TrainingWorld& world,
                                      const std::optional<SiteQuestion>& site);

/// The complaint of a model, a format or a name among devices that is none.
std::optional<Misunderstanding> complaint_of(const TrainingSizeQuestion& question,
                                             const TrainingWorld& world);

}  // namespace chokepoint
