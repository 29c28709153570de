#pragma once

#include "models/world.hpp"
#include "sim/trace/event/trade.hpp"
#include "sim/trace/fields/field.hpp"
#include "sim/trace/naming.hpp"

namespace chokepoint {

constexpr auto listed(Of<DeliveryDue>) {
  using E = DeliveryDue;
  using F = pb::DeliveryDueFact;
  return listing(
      place(pb::Fact::kDeliveryDue, &pb::Fact::delivery_due, &pb::Fact::mutable_delivery_due),
      [](const E& in, const Labeler& say) { say.units("due ", in); }, units_of_order<E, F>());
}

constexpr auto listed(Of<DeliveryBackordered>) {
  using E = DeliveryBackordered;
  using F = pb::BackorderFact;
  return listing(
      place(pb::Fact::kBackordered, &pb::Fact::backordered, &pb::Fact::mutable_backordered),
      [](const E& in, const Labeler& say) { say.units("out of stock ", in); },
      units_of_order<E, F>());
}

constexpr auto listed(Of<ShipmentSent>) {
  using E = ShipmentSent;
  using F = pb::SentFact;
  return listing(
      place(pb::Fact::kSent, &pb::Fact::sent, &pb::Fact::mutable_sent),
      [](const E& in, const Labeler& say) {
        say.units(in.substitute ? "sent instead " : "sent ", in);
      },
      units_of_order<E, F>(field(&E::substitute, &F::substitute, &F::set_substitute),
                           field(&E::pool, &F::pool, &F::mutable_pool),
                           field(&E::exception, &F::exception, &F::mutable_exception)));
}

constexpr auto listed(Of<ShipmentDelivered>) {
  using E = ShipmentDelivered;
  using F = pb::DeliveredFact;
  return listing(
      place(pb::Fact::kDelivered, &pb::Fact::delivered, &pb::Fact::mutable_delivered),
      [](const E& in, const Labeler& say) {
        say.units(in.substitute ? "delivered instead " : "delivered ", in);
      },
      units_of_order<E, F>(
          field(&E::substitute, &F::substitute, &F::set_substitute),
          field(part(&E::stock, &ChipStock::pool), &F::pool, &F::mutable_pool),
          field(part(&E::stock, &ChipStock::owner), &F::owner, &F::mutable_owner),
          field(part(&E::stock, &ChipStock::user), &F::user, &F::mutable_user),
          field(part(&E::stock, &ChipStock::status), &F::status, &F::mutable_status),
          field(part(&E::stock, &ChipStock::channel), &F::channel, &F::mutable_channel),
          field(part(&E::stock, &ChipStock::use), &F::use, &F::mutable_use),
          field(&E::revenue, &F::revenue_usd, &F::set_revenue_usd),
          field(&E::government_receipts, &F::government_receipts_usd,
                &F::set_government_receipts_usd),
          derived(&F::mutable_location, [](const E& in, const World& world) {
            return country_of(world, in.stock.pool);
          })));
}

constexpr auto listed(Of<OrderClosed>) {
  using E = OrderClosed;
  using F = pb::OrderClosedFact;
  return listing(
      place(pb::Fact::kOrderClosed, &pb::Fact::order_closed, &pb::Fact::mutable_order_closed),
      [](const E& in, const Labeler& say) {
        say.text("closed: ").count(in.delivered).text(" of ").packages(in.ordered, in.device);
      },
      std::tuple{field(&E::order, &F::order, &F::mutable_order),
                 field(&E::device, &F::device, &F::mutable_device),
                 field(&E::ordered, &F::ordered, &F::set_ordered),
                 field(&E::delivered, &F::delivered, &F::set_delivered),
                 field(&E::refused, &F::refused, &F::set_refused),
                 field(&E::outstanding, &F::outstanding, &F::set_outstanding)});
}

constexpr auto listed(Of<ChoiceMade>) {
  using E = ChoiceMade;
  using F = pb::ChoiceFact;
  return listing(
      place(pb::Fact::kChoice, &pb::Fact::choice, &pb::Fact::mutable_choice),
      [](const E& in, const Labeler& say) {
        say.text("a year for ").text(kWorkNames[static_cast<std::size_t>(in.work)]);
        say.text(": wished for ").packages(in.wished(), in.device);
      },
      std::tuple{field(&E::order, &F::order, &F::mutable_order),
                 field(&E::device, &F::device, &F::mutable_device),
                 field(&E::work, &F::work, &F::set_work),
                 field(&E::bought, &F::bought, &F::set_bought),
                 field(&E::refused, &F::refused, &F::set_refused),
                 field(&E::not_there, &F::not_there, &F::set_not_there),
                 field(&E::spent, &F::spent_usd, &F::set_spent_usd),
                 field(&E::roof, &F::roof_h100e, &F::set_roof_h100e),
                 field(&E::useful_rate, &F::useful_h100e, &F::set_useful_h100e),
                 field(&E::monthly_cost, &F::monthly_cost_usd, &F::set_monthly_cost_usd),
                 field(&E::preference, &F::preference, &F::set_preference)});
}

}  // namespace chokepoint
