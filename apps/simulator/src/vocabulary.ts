/** How customers and agents of one language write. `{product}`, `{price}`, `{number}`, `{name}` are filled in. */
export interface Phrases {
  names: readonly string[];
  /** Country code and mobile prefix of a phone number, and how many digits follow. */
  phone: { country: string; prefix: string; digits: number };
  hello: string;
  ask: string;
  price: string;
  order: string;
  address: string;
  thanks: string;
  comment: string;
  story: string;
  welcome: string;
  quote: string;
  confirmed: string;
  shipped: string;
}

export interface Product {
  retailerId: string;
  name: string;
  price: number;
  currency: string;
}

export const products: readonly Product[] = [
  { retailerId: 'MUG-TERRA', name: 'Terra', price: 18.5, currency: 'EUR' },
  { retailerId: 'BOWL-ALBA', name: 'Alba', price: 32, currency: 'EUR' },
  { retailerId: 'VASE-LUNA', name: 'Luna', price: 54.9, currency: 'EUR' },
  { retailerId: 'TEAPOT-KIRI', name: 'Kiri', price: 47, currency: 'EUR' },
  { retailerId: 'PLATE-OLIVO', name: 'Olivo', price: 24, currency: 'EUR' },
  { retailerId: 'LAMP-NUR', name: 'Nur', price: 89, currency: 'EUR' },
];

export const emojis = ['👍', '😍', '🙏', '🎉', '😮', '👌🏽', '💐', '🥰'] as const;

export const vocabulary: Readonly<Record<string, Phrases>> = {
  en: {
    names: ["Grace O'Connor", 'Daniel Okafor', 'Priscilla Whitfield', 'Tom Ashworth', 'Zoë Bennett'],
    phone: { country: 'GB', prefix: '447', digits: 9 },
    hello: 'Hi there! 👋',
    ask: 'Do you still have the {product} in this colour?',
    price: 'How much is it with delivery?',
    order: "Great, I'll take {number}, please",
    address: 'Please deliver it here',
    thanks: 'It arrived today. Thank you so much! 🙏',
    comment: 'Love this! Is the {product} still available? 😍',
    story: 'This looks gorgeous 🔥',
    welcome: 'Hello {name}, how can we help?',
    quote: 'The {product} is {price}, delivery included.',
    confirmed: 'Your order is confirmed ✅',
    shipped: 'Your parcel is on its way 🚚',
  },
  de: {
    names: ['Jürgen Weiß', 'Anna-Lena Schröder', 'Özlem Krüger', 'Björn Großmann', 'Käthe Löwe'],
    phone: { country: 'DE', prefix: '4915', digits: 9 },
    hello: 'Guten Tag! 👋',
    ask: 'Habt ihr {product} noch in dieser Farbe?',
    price: 'Was kostet das mit Versand?',
    order: 'Super, ich nehme {number} Stück, bitte',
    address: 'Bitte hierhin liefern',
    thanks: 'Heute angekommen. Vielen Dank und schöne Grüße! 🙏',
    comment: 'Wunderschön! Gibt es {product} noch? 😍',
    story: 'Das sieht großartig aus 🔥',
    welcome: 'Hallo {name}, wie können wir helfen?',
    quote: '{product} kostet {price}, inklusive Versand.',
    confirmed: 'Ihre Bestellung ist bestätigt ✅',
    shipped: 'Ihr Paket ist unterwegs 🚚',
  },
  es: {
    names: ['María José Núñez', 'Iván Peña', 'Guadalupe Hernández', 'Íñigo Ibáñez', 'Ximena Rodríguez'],
    phone: { country: 'MX', prefix: '521', digits: 10 },
    hello: '¡Hola! ¿Qué tal? 👋',
    ask: '¿Todavía tienen {product} en este color?',
    price: '¿Cuánto cuesta con el envío?',
    order: 'Perfecto, quiero {number}, por favor',
    address: 'Lo envían aquí, por favor',
    thanks: 'Llegó hoy. ¡Muchísimas gracias! 🙏',
    comment: '¡Me encanta! ¿Queda {product}? 😍',
    story: 'Qué bonito 🔥',
    welcome: 'Hola {name}, ¿en qué podemos ayudarle?',
    quote: '{product} cuesta {price}, envío incluido.',
    confirmed: 'Su pedido está confirmado ✅',
    shipped: 'Su paquete va en camino 🚚',
  },
  pt: {
    names: ['João Conceição', 'Luíza Magalhães', 'Antônio Guimarães', 'Letícia Brandão'],
    phone: { country: 'BR', prefix: '55119', digits: 8 },
    hello: 'Olá, bom dia! 👋',
    ask: 'Vocês ainda têm {product} nesta cor?',
    price: 'Quanto fica com a entrega?',
    order: 'Ótimo, quero {number}, por favor',
    address: 'Podem entregar aqui',
    thanks: 'Chegou hoje. Muito obrigada! 🙏',
    comment: 'Que lindo! Ainda tem {product}? 😍',
    story: 'Ficou maravilhoso 🔥',
    welcome: 'Olá {name}, como podemos ajudar?',
    quote: '{product} custa {price}, com entrega.',
    confirmed: 'Seu pedido está confirmado ✅',
    shipped: 'Seu pacote está a caminho 🚚',
  },
  fr: {
    names: ['Françoise Lefèvre', 'Aurélien Dubois', 'Chloé Garçon', 'Noël Benoît', 'Maëlys Saint-Étienne'],
    phone: { country: 'FR', prefix: '336', digits: 8 },
    hello: 'Bonjour ! 👋',
    ask: 'Avez-vous encore {product} dans cette couleur ?',
    price: 'C’est combien avec la livraison ?',
    order: 'Très bien, j’en prends {number}, s’il vous plaît',
    address: 'À livrer ici, s’il vous plaît',
    thanks: 'Bien reçu aujourd’hui. Merci beaucoup ! 🙏',
    comment: 'J’adore ! Reste-t-il {product} ? 😍',
    story: 'C’est magnifique 🔥',
    welcome: 'Bonjour {name}, que pouvons-nous faire pour vous ?',
    quote: '{product} est à {price}, livraison comprise.',
    confirmed: 'Votre commande est confirmée ✅',
    shipped: 'Votre colis est en route 🚚',
  },
  ar: {
    names: ['فاطمة الزهراء', 'محمد عبد الله', 'ليلى حسن', 'يوسف منصور'],
    phone: { country: 'EG', prefix: '2010', digits: 8 },
    hello: 'السلام عليكم 👋',
    ask: 'هل ما زال {product} متوفرًا بهذا اللون؟',
    price: 'كم السعر مع التوصيل؟',
    order: 'ممتاز، أريد {number} من فضلك',
    address: 'التوصيل إلى هنا من فضلك',
    thanks: 'وصل الطلب اليوم، شكرًا جزيلًا 🙏',
    comment: 'رائع! هل {product} متوفر؟ 😍',
    story: 'جميل جدًا 🔥',
    welcome: 'مرحبًا {name}، كيف يمكننا مساعدتك؟',
    quote: 'سعر {product} هو {price} شامل التوصيل.',
    confirmed: 'تم تأكيد طلبك ✅',
    shipped: 'طلبك في الطريق 🚚',
  },
  hi: {
    names: ['प्रिया शर्मा', 'अर्जुन मेहता', 'सुनीता देवी', 'राहुल वर्मा'],
    phone: { country: 'IN', prefix: '919', digits: 9 },
    hello: 'नमस्ते 👋',
    ask: 'क्या {product} इस रंग में अभी मिलेगा?',
    price: 'डिलीवरी के साथ कितने का होगा?',
    order: 'बहुत अच्छा, मुझे {number} चाहिए',
    address: 'कृपया यहाँ भेज दीजिए',
    thanks: 'आज मिल गया, बहुत धन्यवाद! 🙏',
    comment: 'बहुत सुंदर! क्या {product} उपलब्ध है? 😍',
    story: 'बहुत बढ़िया 🔥',
    welcome: 'नमस्ते {name}, हम आपकी क्या मदद कर सकते हैं?',
    quote: '{product} की कीमत {price} है, डिलीवरी सहित।',
    confirmed: 'आपका ऑर्डर पक्का हो गया है ✅',
    shipped: 'आपका पार्सल रास्ते में है 🚚',
  },
  ja: {
    names: ['佐藤 美咲', '鈴木 大輔', '高橋 さくら', '田中 健'],
    phone: { country: 'JP', prefix: '8190', digits: 8 },
    hello: 'こんにちは👋',
    ask: 'この色の{product}はまだありますか？',
    price: '送料込みでおいくらですか？',
    order: 'では{number}個お願いします',
    address: 'こちらに届けてください',
    thanks: '本日届きました。ありがとうございました🙏',
    comment: '素敵ですね！{product}はまだ買えますか？😍',
    story: 'とてもきれいです🔥',
    welcome: '{name}様、お問い合わせありがとうございます。',
    quote: '{product}は送料込みで{price}です。',
    confirmed: 'ご注文を承りました✅',
    shipped: '商品を発送しました🚚',
  },
  tr: {
    names: ['Ayşe Yılmaz', 'Çağrı Öztürk', 'İpek Şahin', 'Gökhan Doğan'],
    phone: { country: 'TR', prefix: '905', digits: 9 },
    hello: 'Merhaba 👋',
    ask: '{product} bu renkte hâlâ var mı?',
    price: 'Kargo dahil ne kadar?',
    order: 'Harika, {number} tane almak istiyorum',
    address: 'Lütfen buraya gönderin',
    thanks: 'Bugün geldi, çok teşekkür ederim! 🙏',
    comment: 'Çok güzel! {product} hâlâ satışta mı? 😍',
    story: 'Harika görünüyor 🔥',
    welcome: 'Merhaba {name}, nasıl yardımcı olabiliriz?',
    quote: '{product} kargo dahil {price}.',
    confirmed: 'Siparişiniz onaylandı ✅',
    shipped: 'Paketiniz yolda 🚚',
  },
  uk: {
    names: ['Олена Шевченко', 'Тарас Ґедзь', 'Наталія Їжакевич', 'Юрій Коваль'],
    phone: { country: 'UA', prefix: '38067', digits: 7 },
    hello: 'Добрий день! 👋',
    ask: 'Чи є ще {product} у цьому кольорі?',
    price: 'Скільки коштує з доставкою?',
    order: 'Чудово, візьму {number} шт.',
    address: 'Доставте, будь ласка, сюди',
    thanks: 'Сьогодні отримала. Щиро дякую! 🙏',
    comment: 'Яка краса! {product} ще є? 😍',
    story: 'Дуже гарно 🔥',
    welcome: 'Вітаємо, {name}! Чим можемо допомогти?',
    quote: '{product} коштує {price} з доставкою.',
    confirmed: 'Ваше замовлення підтверджено ✅',
    shipped: 'Ваша посилка вже в дорозі 🚚',
  },
};

export const languages = Object.keys(vocabulary);

/** The phrases of a language, English for one that has none. */
export function phrasesOf(language: string): Phrases {
  return vocabulary[language] ?? (vocabulary.en as Phrases);
}

/** Fills `{placeholders}`; one without a value stays as it is. */
export function fill(phrase: string, values: Record<string, string | number>): string {
  return phrase.replace(/\{(\w+)\}/g, (placeholder, key: string) => String(values[key] ?? placeholder));
}
