#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {
namespace {

static_assert(static_cast<int>(ServingMetric::OutputRate) == pb::OUTPUT_RATE - 1);
static_assert(static_cast<int>(ModelFamily::Latent) == pb::LATENT - 1);
static_assert(static_cast<int>(ErrorBasis::StackLeftOut) == pb::STACK_LEFT_OUT - 1);

constexpr Unit kCoefficient = positive(1.0, 1e6, "one of the unit that the coefficient has");
constexpr Unit kError = at_least(0.0, 1.0, 1e3, "as much as was measured");

std::vector<std::string> coefficient_names() {
  std::vector<std::string> names;
  for (const auto& info : coefficient_listing()) names.emplace_back(info.name);
  return names;
}

const CoefficientInfo* find_coefficient(const std::string& name) {
  const auto listing = coefficient_listing();
  const auto found = std::find_if(listing.begin(), listing.end(),
                                  [&](const auto& info) { return info.name == name; });
  return found == listing.end() ? nullptr : &*found;
}

void report_unknown(const Cursor& at, const std::string& name) {
  at.error("name", concat("no coefficient ", in_quotes(name), " of serving engines"),
           did_you_mean(name, coefficient_names(), "see models/performance/coefficients"));
}

void read_coefficients(Reading& reading, const Cursor& engine_at, ServingEngine& out) {
  read_named(engine_at, "coefficients", "coefficient", [&](const Cursor& at) {
    const std::string name = at.name();
    const auto figure = read_required<double>(reading, at, "figure", kCoefficient);
    const CoefficientInfo* info = find_coefficient(name);
    if (info == nullptr) {
      report_unknown(at, name);
    } else if (info->cap > 0 && figure.value > info->cap) {
      at.error("figure", concat(name, " is above ", std::to_string(info->cap), ", its greatest"),
               std::string(info->meaning));
    } else {
      out.coefficients.*(info->member) = figure.value;
      if (!out.input) out.input = figure.input;
    }
  });
}

/// Stacks that engines serve: those that were measured there, and the others.
struct Served {
  std::set<StackId> measured, unmeasured;
};

void read_towards(Reading& reading, const Cursor& at, ServingEngine& out) {
  const auto& in = as<pb::ServingEngine>(at);
  if (!in.towards_stack().empty()) {
    out.towards = reading.stacks.resolve(at, "towards_stack", in.towards_stack());
    out.towards_share = read_number(at, "towards_share", kFraction).value_or(0.0);
  } else if (in.has_towards_share()) {
    at.error("towards_stack", "towards_stack is missing, though towards_share is given",
             "name the stack that the coefficients lean towards");
  }
}

void read_engine(Reading& reading, const Cursor& at, Served& served) {
  const auto& in = as<pb::ServingEngine>(at);
  ServingEngine out;
  out.name = in.name();
  out.stacks = resolve_all(reading.stacks, at, "stacks", in.stacks());
  auto& of_its_kind = in.unmeasured() ? served.unmeasured : served.measured;
  for (const StackId stack : out.stacks) {
    if (of_its_kind.insert(stack).second) continue;
    at.error("stacks",
             concat("stack ", in_quotes(reading.stacks.in_order()[stack.value]),
                    " has another engine already"),
             "keep one engine per stack");
  }
  out.fitted_to = in.fitted_to();
  out.experiments = static_cast<int>(std::min(in.experiments(), 1'000'000U));
  out.is_unmeasured = in.unmeasured();
  read_towards(reading, at, out);
  read_coefficients(reading, at, out);
  reading.world.serving_engines.push_back(std::move(out));
}

void read_error(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::ServingError>(at);
  ServingError out;
  const auto metric = read_enum<ServingMetric>(at, "metric");
  const auto basis = read_enum<ErrorBasis>(at, "basis");
  if (!in.device().empty()) out.device = reading.devices.resolve(at, "device", in.device());
  const int family = read_enum_number(at, "family", false);
  if (family > 0) out.family = static_cast<ModelFamily>(family - 1);
  out.count = static_cast<int>(read_number(at, "count", kFewThings).value_or(0.0));
  const auto median = read_number(at, "median", kError), p90 = read_number(at, "p90", kError);
  if (median && p90 && *p90 < *median) at.error("p90", "p90 is below median");
  out.median = median.value_or(0.0);
  out.p90 = p90.value_or(0.0);
  if (!metric || !basis) return;
  out.metric = *metric;
  out.basis = *basis;
  reading.world.serving_errors.push_back(out);
}

}  // namespace

void read_serving_engines(Reading& reading) {
  Served served;
  for (const Cursor& at : reading.root.children("serving_engines"))
    read_engine(reading, at, served);
  for (ServingEngine& engine : reading.world.serving_engines) {
    if (!engine.is_unmeasured) continue;
    std::erase_if(engine.stacks, [&](StackId one) { return served.measured.contains(one); });
  }
  for (const Cursor& at : reading.root.children("serving_errors")) read_error(reading, at);
}

}  // namespace chokepoint
