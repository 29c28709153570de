#include "sim/engine/government/quotas.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace chokepoint {

Quotas::Quotas(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator)
    : EngineComponent(world, agenda, trace), regulator_(regulator), ledger_(world.regime.quotas) {}

double Quotas::available(const Goods& goods) const {
  double units = std::numeric_limits<double>::infinity();
  for (const QuotaId quota : regulator_.quotas(goods)) {
    units = std::min(units, ledger_.available(quota, request(quota, goods), today()));
  }
  return units;
}

double Quotas::available(const PendingDelivery& pending) const {
  const Goods goods = goods_of(order_of(pending));
  for (const QuotaId quota : regulator_.quotas(goods)) {
    if (others_come_first(quota, pending)) return 0.0;
  }
  return available(goods);
}

void Quotas::draw(OrderId order, const Goods& goods, double units) {
  for (const QuotaId quota : regulator_.quotas(goods)) {
    const QuotaRequest wanted = request(quota, goods);
    if (!std::isfinite(ledger_.available(quota, wanted, today()))) continue;
    ledger_.draw({quota}, wanted, today(), units);
    trace_.record(QuotaDrawn{agenda_.now(), quota, order, goods.device, units,
                             ledger_.available(quota, wanted, today())});
  }
}

void Quotas::wait(PendingDelivery pending) {
  const Goods goods = goods_of(order_of(pending));
  for (const QuotaId quota : regulator_.quotas(goods)) {
    const double left = ledger_.available(quota, request(quota, goods), today());
    const bool is_short = left < pending.units || others_come_first(quota, pending);
    const bool is_told = std::ranges::find(pending.exhausted, quota) != pending.exhausted.end();
    if (!is_short || is_told) continue;
    pending.exhausted.push_back(quota);
    trace_.record(
        QuotaExhausted{agenda_.now(), quota, pending.key.order, goods.device, pending.units});
  }
  const auto place = std::ranges::upper_bound(waiting_, pending.key, {}, &PendingDelivery::key);
  waiting_.insert(place, std::move(pending));
}

std::vector<PendingDelivery> Quotas::release() {
  return std::exchange(waiting_, {});
}

QuotaRequest Quotas::request(QuotaId quota, const Goods& goods) const {
  const Country destination = world_.sites[world_.pools[goods.pool.value].site.value].country;
  return {goods.device, destination, world_.ultimate_parent(goods.buyer), tpp_of(goods.device),
          home_units(world_.regime.quotas[quota.value], goods)};
}

double Quotas::home_units(const Quota& quota, const Goods& goods) const {
  if (quota.share_of_home_sales.value <= 0.0) return 0.0;
  const Date from = counted_from(quota);
  if (today() <= from) return 0.0;
  const RuleId rule =
      quota.rule ? *quota.rule : world_.regime.exceptions[quota.exception->value].rules[0];
  const Country home = world_.regime.rules[rule.value].government;
  const auto tokens = [&](DeviceId device) {
    return quota.measure == Measure::Units ? 1.0 : tpp_of(device);
  };
  double sold = 0.0;
  for (const HomeSales& sales : world_.home_sales) {
    if (sales.country != home) continue;
    if (quota.per_product && sales.device != goods.device) continue;
    sold += produced(sales.pace, from, today()) * tokens(sales.device);
  }
  const double each = tokens(goods.device);
  return each > 0.0 ? sold / each : 0.0;
}

Date Quotas::counted_from(const Quota& quota) const {
  const Date effective = quota.rule
                             ? world_.regime.rules[quota.rule->value].validity.effective
                             : world_.regime.exceptions[quota.exception->value].validity.effective;
  if (quota.renewal == Renewal::Never) return effective;
  const std::chrono::year_month_day day{today()};
  return std::max(effective, Date{day.year() / std::chrono::January / 1});
}

bool Quotas::others_come_first(QuotaId quota, const PendingDelivery& pending) const {
  const Goods goods = goods_of(order_of(pending));
  const QuotaRequest wanted = request(quota, goods);
  return std::ranges::any_of(waiting_, [&](const PendingDelivery& other) {
    if (pending.key <= other.key) return false;
    const Goods others = goods_of(order_of(other));
    const auto quotas = regulator_.quotas(others);
    return std::ranges::find(quotas, quota) != quotas.end() &&
           ledger_.is_one_bucket(quota, wanted, request(quota, others), today());
  });
}

}  // namespace chokepoint
