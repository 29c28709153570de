#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(Measure::Tpp) == pb::TPP - 1);
static_assert(static_cast<int>(Renewal::Yearly) == pb::YEARLY);

constexpr Unit kTokensOfQuota = at_least(0.0, 1.0, 1e12, "a package, or a TPP");
constexpr Unit kHomeShare = at_least(0.0, 1.0, 100.0, "a unit for each one sold at home");

void read_quota(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Quota>(at);
  Quota out;
  out.name = in.name();
  if (in.has_rule() == in.has_exception()) {
    at.error(in.has_rule() ? "exception" : "",
             concat("quota ", in_quotes(in.name()), " belongs to ",
                    in.has_rule() ? "a rule and an exception" : "nothing"),
             "name either its rule or its exception");
  }
  if (in.has_rule()) out.rule = reading.rules.resolve(at, "rule", in.rule());
  if (in.has_exception()) {
    out.exception = reading.exceptions.resolve(at, "exception", in.exception());
  }
  out.measure = read_enum<Measure>(at, "measure").value_or(Measure::Units);
  out.amount = read_figure_or(reading, at, "amount", kTokensOfQuota, 0.0);
  out.share_of_home_sales = read_figure_or(reading, at, "share_of_home_sales", kHomeShare, 0.0);
  out.per_product = in.per_product();
  out.per_country = in.per_country();
  out.per_consignee = in.per_consignee();
  if (in.has_share_of_home_sales() && !in.per_product()) {
    at.error("share_of_home_sales", "share_of_home_sales of no product",
             "sales at home are counted by product: add per_product: true");
  }
  if (in.renewal() == pb::YEARLY) out.renewal = Renewal::Yearly;
  if (!pb::Renewal_IsValid(in.renewal())) {
    at.error("renewal", "renewal is a number that is none", "write YEARLY, or leave it out");
  }
  reading.world.regime.quotas.push_back(std::move(out));
}

void read_home_sales(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::HomeSales>(at);
  HomeSales out;
  out.name = in.name();
  out.device = reading.devices.resolve(at, "device", in.device()).value_or(DeviceId{});
  out.country = read_country(at, "country", in.country()).value_or(Country());
  out.pace = read_schedule(reading, at, "pace", in.pace());
  reading.world.home_sales.push_back(std::move(out));
}

}  // namespace

void read_quotas(Reading& reading) {
  for (const Cursor& at : reading.root.children("quotas")) read_quota(reading, at);
  for (const Cursor& at : reading.root.children("home_sales")) read_home_sales(reading, at);
}

}  // namespace chokepoint
