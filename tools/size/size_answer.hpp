#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/calendar.hpp"
#include "models/serving/sizing/fleet_size.hpp"
#include "tools/estimate/engine_options.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/size/fleet_cost.hpp"
#include "tools/size/site.hpp"
#include "tools/size/size_load.hpp"
#include "tools/size/target_text.hpp"

namespace chokepoint {

/// What a planner asks: how large a fleet of each kind is to be.
struct SizeQuestion {
  /// Model, engine, formats, prices, and mean lengths; its devices are not looked at.
  ServingQuestion of;
  std::vector<std::string> devices;  ///< Names; empty: default_kinds().
  bool asks_all = false;             ///< All that can be estimated, where none is named.
  std::optional<Date> on;            ///< Day of buying: what is sold later is left out.
  SizeTarget target;                 ///< With a rate.
  SizeLoad load;
};

/// The answer for one kind of device.
struct SizedKind {
  std::string device;
  std::shared_ptr<const ServingSubject> subject;  ///< Null where it was not looked at.
  std::string left_out;                           ///< Why it was not; empty: it was.
  SiteRuling ruling;                              ///< Of the site, where there is one.
  std::optional<Date> sold_from;  ///< First day, or the first of its quarter; unset: not known.
  std::variant<std::monostate, SizedFleet, NoFleet> found;
  FleetCost cost;  ///< Of what was found.

  /// Null where there is none.
  const SizedFleet* fleet() const { return std::get_if<SizedFleet>(&found); }
};

/// Kinds that are looked at where none is named: those in a server of the catalogue whose price,
/// memory, bandwidth and bf16 peak are known, in order of the servers.
std::vector<std::string> default_kinds(const World& world);

/// All devices for data centres whose memory, bandwidth and bf16 peak are known, in order of the
/// catalogue; not the parts that software counts of another.
std::vector<std::string> all_kinds(const World& world);

/// The day from which a device is sold, or the first of its quarter; nothing where the catalogue
/// does not say.
std::optional<Date> first_sale(const std::string& device, const World& world);

/// The complaint of a name among `devices` that is no device or is there twice, or of a model or
/// engine that is none.
std::optional<Misunderstanding> complaint_of(const SizeQuestion& question,
                                             const ServingCatalog& world);

/// Every kind: those with a fleet first, cheapest first, those without a price by power after them;
/// then those that keep no target, then those left out: what the site or the day of buying forbids,
/// and where steps of an engine take too long to be simulated. Uses `workers` threads, which tell
/// `done` of each kind; the answer does not depend on them. Requires: complaint_of() has none.
/// Throws what else a kind's sizing throws.
std::vector<SizedKind> size_kinds(const SizeQuestion& question, const ServingCatalog& world,
                                  const std::optional<SiteQuestion>& site, unsigned workers,
                                  const std::function<void(const SizedKind&)>& done = {});

/// Kinds that the question is about.
std::vector<std::string> kinds_of(const SizeQuestion& question, const World& world);

/// What is understood of the question for one kind; engines that read prompts alone do so.
std::variant<ServingSubject, Misunderstanding> subject_of(const SizeQuestion& question,
                                                          const std::string& device,
                                                          const ServingCatalog& world);

/// Formats to choose from for a kind.
std::vector<Precision> formats_for(const SizeQuestion& question, const std::string& device,
                                   const ServingCatalog& world);

/// What fleets of a kind may be made of. Refers to both.
SizingChoice choice_of(const ServingSubject& subject, const std::vector<Precision>& formats);

}  // namespace chokepoint
