import { productSection } from './interactive-body';
import type { TemplateComponent, TemplateContent, TemplateParameter } from './template-content';
import { compact, fileOf } from './wire';

type Wire = Record<string, unknown>;

/** WhatsApp's `template` member. */
export function templateBody({ name, language, components = [] }: TemplateContent): Wire {
  return compact({
    name,
    language: { code: language },
    components: components.length === 0 ? undefined : components.map(componentBody),
  });
}

function componentBody(component: TemplateComponent): Wire {
  switch (component.type) {
    case 'header':
    case 'body':
      return { type: component.type, parameters: component.parameters.map(parameterBody) };
    case 'button':
      return compact({
        type: 'button',
        sub_type: component.subType,
        // Meta's samples write it both ways; a call button has none.
        index: component.subType === 'voice_call' ? undefined : String(component.index),
        parameters: component.parameters?.map(parameterBody),
      });
    case 'carousel': {
      const cards = component.cards.map((card, index) => ({
        card_index: index,
        components: card.components.map(componentBody),
      }));
      return { type: 'carousel', cards };
    }
    case 'limited_time_offer': {
      const limited_time_offer = { expiration_time_ms: component.expiresAt };
      return { type: 'limited_time_offer', parameters: [{ type: 'limited_time_offer', limited_time_offer }] };
    }
  }
}

function parameterBody(parameter: TemplateParameter): Wire {
  const { type } = parameter;
  const parameter_name = 'name' in parameter && type !== 'location' ? parameter.name : undefined;
  return compact({ type, parameter_name, ...parameterValue(parameter) });
}

function parameterValue(parameter: TemplateParameter): Wire {
  switch (parameter.type) {
    case 'text':
      return { text: parameter.text };
    case 'currency': {
      const { fallback, code, amount1000 } = parameter;
      return { currency: { fallback_value: fallback, code, amount_1000: amount1000 } };
    }
    case 'date_time':
      return { date_time: { fallback_value: parameter.fallback } };
    case 'image':
    case 'video':
      return { [parameter.type]: fileOf(parameter.media) };
    case 'document':
      return { document: compact({ ...fileOf(parameter.media), filename: parameter.filename }) };
    case 'location': {
      const { type: _, ...place } = parameter;
      return { location: compact(place) };
    }
    case 'product': {
      const { catalogId, productRetailerId } = parameter;
      return { product: { catalog_id: catalogId, product_retailer_id: productRetailerId } };
    }
    case 'payload':
      return { payload: parameter.payload };
    case 'coupon_code':
      return { coupon_code: parameter.couponCode };
    case 'action':
      return {
        action: compact({
          flow_token: parameter.flowToken,
          flow_action_data: parameter.flowActionData,
          thumbnail_product_retailer_id: parameter.thumbnailProductRetailerId,
          sections: parameter.sections?.map(productSection),
        }),
      };
  }
}
